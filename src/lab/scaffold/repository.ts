import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { makeFolders } from '../../base/make-folders.js';
import { packageRoot } from '../../base/package.js';
import { handInTexts } from '../../i18n/hand-in.js';
import { scaffoldTexts } from '../../i18n/scaffold.js';
import { getLocale, texts } from '../../i18n/text.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { rolesOf } from '../../kata/roles.js';
import {
  filledTemplates,
  templateNames,
  type Files,
  type Place,
  type TemplateName,
} from './lay-down.js';
import { observingFiles } from './observing.js';
import { topologyOf } from './topology.js';

/** What the templates of a repository ask for, beside the words of their language. */
export interface RepositoryValues {
  /** Markdown: what the learner has measured. */
  readonly figures: string;
  /** What is in the folder of each role; the others are the references'. */
  readonly languages: ReadonlyMap<string, string>;
  /** `2026-11-29` */
  readonly date: string;
}

/** Whether what is laid down of a kata is handed in: a repository of its own around the services. */
export function isHandedIn({ kata }: KataOnDisk): boolean {
  return existsSync(path.join(packageRoot, 'fixtures', 'templates', foldersOf(kata.id)[0] ?? ''));
}

/** Each role in the language of its first reference, which is the one that the plan asks for. */
export function plannedLanguages({ kata }: KataOnDisk): ReadonlyMap<string, TemplateName> {
  return new Map(
    Object.entries(kata.programs ?? {}).map(
      ([
        role,
        {
          languages: [first = 'node'],
        },
      ]) => [role, templateNames.find((name) => name === first) ?? 'typescript'],
    ),
  );
}

/**
 * Lays down what of the repository is not there yet; whatever is there stays as it is.
 * @returns the names of the files that were made, sorted
 * @throws PlanError `not-writable` (exit 4)
 */
export async function layDownRepository(
  place: Place,
  found: KataOnDisk,
  values: RepositoryValues,
): Promise<string[]> {
  const files = await repositoryFiles(found, values);
  const made: string[] = [];
  for (const [name, text] of Object.entries(files))
    if (await writeIfNone(place, name, text)) made.push(name);
  return made.sort();
}

async function repositoryFiles(found: KataOnDisk, values: RepositoryValues): Promise<Files> {
  const { kata, folder } = found;
  const text = { ...texts(handInTexts).text, ...(await textsOf(found, values)) };
  const blank = { contract: [], routes: [], queue: '', blocks: [] };
  const schemas = rolesOf(kata).map(async (role): Promise<[string, string]> => [
    path.join('infra', 'schemas', `${role}.sql`),
    await readFile(path.join(folder, role, 'schema.sql'), 'utf8'),
  ]);
  return {
    ...(await filledTemplates(foldersOf(kata.id), { ...blank, text })),
    ...Object.fromEntries(await Promise.all(schemas)),
    ...observingFiles(kata),
    [path.join('infra', 'definitions.json')]: `${JSON.stringify(topologyOf(kata), null, 2)}\n`,
  };
}

async function textsOf(
  { kata }: KataOnDisk,
  { figures, languages, date }: RepositoryValues,
): Promise<Record<string, string>> {
  const t = texts(handInTexts);
  const { version } = JSON.parse(
    await readFile(path.join(packageRoot, 'package.json'), 'utf8'),
  ) as { version: string };
  const of = rolesOf(kata).map((role): [string, string] => {
    const language = languages.get(role);
    return [role, language === undefined ? t.toDecide : t.began(language)];
  });
  return { ...Object.fromEntries(of), figures, date, version };
}

/** What is the same in both languages, and what is not. */
function foldersOf(kata: string): string[] {
  return ['common', getLocale()].map((name) => path.join('repository', kata, name));
}

async function writeIfNone({ folder, shown }: Place, name: string, text: string): Promise<boolean> {
  try {
    const file = path.join(folder, name);
    makeFolders(path.dirname(file));
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return false;
    const t = texts(scaffoldTexts);
    const what = t.notWritable(path.join(shown, name), errorMessage(cause));
    const { environment: exit } = exitCodes;
    throw new PlanError({ code: 'not-writable', exit, what, mend: t.notWritableMend, cause });
  }
}
