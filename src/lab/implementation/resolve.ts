import { readdir, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { hashSources } from '../../base/hash.js';
import { implementationTexts } from '../../i18n/implementation.js';
import { texts } from '../../i18n/text.js';
import type { LanguageId } from '../../kata/define.js';
import { isFile } from './files.js';
import { isLanguage, languageIds, languages } from './languages.js';
import { manifestName, readManifest, type Manifest } from './manifest.js';
import { refuseOddFiles } from './odd-files.js';
import type { Implementation } from './types.js';

export interface Wanted {
  /** Absolute; holds one folder a language. */
  readonly kataFolder: string;
  /** Of a kata of several: the references of this one lie in a folder of its name. */
  readonly role?: string | undefined;
  readonly language?: string | undefined;
  /** `--impl`: the learner's own folder or file. */
  readonly own?: string | undefined;
  /** `--cmd`: counts more than what the folder says of itself. */
  readonly start?: readonly string[] | undefined;
  readonly cwd: string;
}

/**
 * The kata's reference implementation in a language, or the learner's own.
 * @throws PlanError (exit 2) `no-reference`, `not-there`, `no-program`, `odd-file`,
 *   `bad-implementation-json`
 */
export async function resolveImplementation(wanted: Wanted): Promise<Implementation> {
  return wanted.own === undefined ? reference(wanted) : own(wanted, wanted.own);
}

async function reference(wanted: Wanted): Promise<Implementation> {
  const { kataFolder, role = '', language = 'node', cwd } = wanted;
  const folder = path.join(kataFolder, role, language);
  if (!isLanguage(language) || !(await isFolder(folder)))
    throw await noReference(path.join(kataFolder, role), language);
  const found = await inFolder(folder, language, cwd);
  const place = path.join(path.dirname(kataFolder), 'kit', language);
  const kit = (await isFolder(place)) ? place : undefined;
  const parts = [found.hash, ...(kit === undefined ? [] : [await hashSources(kit)])];
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex');
  return { ...found, kind: 'reference', hash, kit };
}

async function own({ language, start, cwd }: Wanted, given: string): Promise<Implementation> {
  const place = path.resolve(cwd, given);
  const t = texts(implementationTexts);
  try {
    const isSingle = (await stat(place)).isFile();
    if (!isSingle) await refuseOddFiles(place);
    if (start !== undefined) return await withCommand(place, isSingle, start, cwd);
    if (isSingle) return await singleFile(place);
    if ((await readdir(place)).length === 0) throw usage('not-there', t.empty(given), t.emptyMend);
    return await inFolder(place, language, cwd);
  } catch (error) {
    if (error instanceof PlanError) throw error;
    if (errorCode(error) === 'ENOENT') throw usage('not-there', t.notThere(given), t.notThereMend);
    throw usage(
      'not-readable',
      t.notReadable(given, errorMessage(error)),
      t.notReadableMend(given),
    );
  }
}

/** Started as the command line says, in any language. */
async function withCommand(
  place: string,
  isSingle: boolean,
  start: readonly string[],
  cwd: string,
): Promise<Implementation> {
  const folder = isSingle ? path.dirname(place) : place;
  const manifest = isSingle ? undefined : await readManifest(folder, cwd);
  return {
    kind: 'own',
    language: 'command',
    path: place,
    folder,
    entry: undefined,
    hash: await hashSources(place),
    strategies: manifest?.strategies,
    kit: undefined,
    build: manifest?.build,
    start,
  };
}

/** One file that is the whole program. */
async function singleFile(file: string): Promise<Implementation> {
  const language = languageIds.find((id) => languages[id].extensions.includes(path.extname(file)));
  if (language === undefined) {
    const t = texts(implementationTexts);
    const known = languageIds.flatMap((id) => languages[id].extensions).join(', ');
    throw usage('no-program', t.notASource(file, known), t.notASourceMend);
  }
  return {
    kind: 'own',
    language,
    path: file,
    folder: path.dirname(file),
    entry: file,
    hash: await hashSources(file),
    strategies: undefined,
    kit: undefined,
    build: undefined,
    start: undefined,
  };
}

async function inFolder(
  folder: string,
  asked: string | undefined,
  cwd: string,
): Promise<Implementation> {
  const manifest = (await readManifest(folder, cwd)) ?? {};
  const { language, entry } = await programIn(folder, asked, manifest);
  return {
    kind: 'own',
    language,
    path: folder,
    folder,
    entry,
    hash: await hashSources(folder),
    strategies: manifest.strategies,
    kit: undefined,
    build: manifest.build,
    start: manifest.start,
  };
}

interface Program {
  readonly language: Implementation['language'];
  readonly entry: string | undefined;
}

async function programIn(
  folder: string,
  asked: string | undefined,
  { language: said, start }: Manifest,
): Promise<Program> {
  const t = texts(implementationTexts);
  if (said !== undefined && asked !== undefined && said !== asked)
    throw usage(
      'other-language',
      t.otherLanguage(path.join(folder, manifestName), said, asked),
      t.otherLanguageMend(said),
    );
  const language = said ?? asked;
  if (language === 'command') return { language, entry: undefined };
  const candidates = language !== undefined && isLanguage(language) ? [language] : languageIds;
  const found = await programsIn(folder, candidates);
  const [first, second] = found;
  if (first && second)
    throw usage(
      'several-languages',
      t.severalLanguages(folder, found.map((one) => one.language).join(', ')),
      t.severalMend(first.language),
    );
  if (first) return first;
  // A start command of its own needs no file that the lab would recognise.
  if (start !== undefined)
    return {
      language: candidates.length === 1 ? (candidates[0] ?? 'command') : 'command',
      entry: undefined,
    };
  const looked = [t.lookedManifest, ...candidates.map((id) => t.looked[id])].join('; ');
  throw usage('no-program', t.noProgram(folder, looked), t.noProgramMend);
}

async function programsIn(
  folder: string,
  candidates: readonly LanguageId[],
): Promise<{ language: LanguageId; entry: string | undefined }[]> {
  const looked = await Promise.all(
    candidates.map(async (language) => ({
      language,
      found: await languages[language].findEntry(folder),
    })),
  );
  return looked.flatMap(({ language, found }) => (found ? [{ language, entry: found.file }] : []));
}

async function noReference(kataFolder: string, language: string): Promise<PlanError> {
  const names = await readdir(kataFolder);
  const there = languageIds.filter((id) => names.includes(id));
  const t = texts(implementationTexts);
  return usage(
    'no-reference',
    t.noReference(language, there.join(', ')),
    t.noReferenceMend(there[0] ?? 'node'),
  );
}

async function isFolder(place: string): Promise<boolean> {
  return (
    !(await isFile(place)) &&
    (await stat(place)
      .then(() => true)
      .catch(() => false))
  );
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
