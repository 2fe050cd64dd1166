import { createHash } from 'node:crypto';
import { realpath, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolders } from '../../base/make-folders.js';
import { displayPath } from '../../base/display-path.js';
import { errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { cacheFolder } from '../../base/folders.js';
import { outsideKataTexts } from '../../i18n/outside-kata.js';
import { texts } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { kataProblems, type FieldProblem } from '../../kata/schema.js';
import { isFile } from '../implementation/files.js';
import { prune, touched } from '../implementation/kept-builds.js';
import { placeOf } from '../judge/kata-fault.js';
import { bundleKata } from './bundle.js';
import { authoringPage } from './page.js';

const keptKatas = 20;
const mostTold = 8;

/**
 * Loads a kata that lies anywhere: bundles its TypeScript, and holds it against the schema.
 * @param place absolute; the folder of kata.ts
 * @param word what to type for it, for messages
 * @throws PlanError (exit 2) `no-kata-there`, `kata-not-built`, `kata-threw`, `bad-kata`
 */
export async function loadOutsideKata(place: string, word: string): Promise<KataOnDisk> {
  const t = texts(outsideKataTexts);
  const entry = path.join(place, 'kata.ts');
  if (!(await isFile(entry))) throw usage('no-kata-there', t.notThere(word), t.notThereMend(word));
  // The compiler, and stack traces after it, name files by their true places.
  const folder = path.dirname(await realpath(entry));
  const exported = await importKata(folder, word);
  const problems = kataProblems(exported, 'outside');
  if (problems.length > 0) throw badKata(word, problems);
  return { kata: exported as Kata, folder, word };
}

/** The kata is there and can be read, but says what can't be. */
export function badKata(word: string, problems: readonly FieldProblem[]): PlanError {
  const t = texts(outsideKataTexts);
  const told = problems.slice(0, mostTold).map(({ field, problem }) => `  ${field}: ${problem}`);
  const rest = problems.length - told.length;
  const lines = [t.badFields(word), ...told, ...(rest > 0 ? [`  ${t.moreFields(rest)}`] : [])];
  return usage(
    'bad-kata',
    lines.join('\n'),
    t.badFieldsMend(displayPath(authoringPage(), process.cwd())),
  );
}

async function importKata(folder: string, word: string): Promise<unknown> {
  const t = texts(outsideKataTexts);
  const bundled = await bundleKata(path.join(folder, 'kata.ts'));
  if (bundled.problems) {
    const words = bundled.problems.join('\n').replace(/^/gm, '  ');
    const mend = bundled.lacksPackage ? t.packageMend(word) : t.notBuiltMend;
    throw usage('kata-not-built', `${t.notBuilt(word)}\n${words}`, mend);
  }
  const file = await keep(bundled.code);
  // Stack traces then name the lines that the author wrote.
  process.setSourceMapsEnabled(true);
  const loaded = await load(file).catch((error: unknown) => {
    const place = placeOf(error);
    const at = place === undefined ? '' : t.at(place);
    throw usage('kata-threw', t.threw(word, at, errorMessage(error)), t.threwMend);
  });
  const kata = loaded['kata'] ?? loaded['default'];
  if (kata === undefined) throw usage('no-kata-exported', t.noKata(word), t.threwMend);
  return kata;
}

function load(file: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(file).href) as Promise<Record<string, unknown>>;
}

/** By its contents, so that what a save has changed is loaded, and nothing else is again. */
async function keep(code: string): Promise<string> {
  const folder = path.join(cacheFolder(), 'katas');
  const name = createHash('sha256').update(code).digest('hex').slice(0, 32);
  const file = path.join(folder, `${name}.mjs`);
  if (await touched(file)) return file;
  makeFolders(folder);
  const aside = `${file}.${process.pid}.aside`;
  await writeFile(aside, code);
  await rename(aside, file);
  await prune(folder, keptKatas);
  return file;
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
