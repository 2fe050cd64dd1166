import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../../base/make-folders.js';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { packageRoot } from '../../base/package.js';
import { scaffoldTexts } from '../../i18n/scaffold.js';
import { texts } from '../../i18n/text.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { fillTemplate, type Values } from './template.js';
import { contractOf, valuesOf } from './values.js';

/** Each is a folder of fixtures/templates/new; what a database brings along is in `<name>.postgres`. */
export const templateNames = ['javascript', 'typescript', 'go', 'rust', 'python', 'java'] as const;
export type TemplateName = (typeof templateNames)[number];

/** Where files are to be laid down. */
export interface Place {
  /** Absolute. */
  readonly folder: string;
  /** As the learner wrote it, for messages. */
  readonly shown: string;
  /** A command that works, with another folder. */
  readonly mend: string;
}

interface Wanted extends Place {
  readonly found: KataOnDisk;
}

export type Files = Readonly<Record<string, string>>;

/**
 * A program that builds, starts, is healthy and answers 501.
 * @returns the names of the files, sorted
 * @throws PlanError `not-empty` (exit 2), `not-writable` (exit 4)
 */
export async function layDown(
  wanted: Wanted,
  template: TemplateName,
  role?: string,
): Promise<string[]> {
  const values = await valuesOf(wanted.found, role);
  const folders = [template, ...values.blocks.map((block) => `${template}.${block}`)];
  return layDownTemplates(
    wanted,
    folders.map((name) => path.join('new', name)),
    values,
  );
}

/**
 * Of a system: a program for each of these roles, in a folder of its name. Others stay as they are.
 * @returns the names of the files, sorted
 * @throws PlanError as `layDown`, before anything is written where one of the folders is not empty
 */
export async function layDownRoles(
  wanted: Wanted,
  languages: ReadonlyMap<string, TemplateName>,
): Promise<string[]> {
  const of = (role: string): Wanted => ({
    ...wanted,
    folder: path.join(wanted.folder, role),
    shown: path.join(wanted.shown, role),
  });
  for (const role of languages.keys()) await refuseUnlessEmpty(of(role));
  const files: string[] = [];
  for (const [role, template] of languages) {
    const made = await layDown(of(role), template, role);
    files.push(...made.map((file) => path.join(role, file)));
  }
  return files.sort();
}

/**
 * The templates of these folders of fixtures/templates, filled.
 * @returns the names of the files, sorted
 * @throws PlanError `not-empty` (exit 2), `not-writable` (exit 4)
 */
export async function layDownTemplates(
  place: Place,
  folders: readonly string[],
  values: Values,
): Promise<string[]> {
  return layDownFiles(place, await filledTemplates(folders, values));
}

/** The templates of these folders of fixtures/templates, filled, by the files' names. */
export async function filledTemplates(folders: readonly string[], values: Values): Promise<Files> {
  const templates = await Promise.all(folders.map((name) => templatesIn(name)));
  return Object.fromEntries(
    templates.flat().map(([name, text]) => [name, fillTemplate(text, values)]),
  );
}

/** For a language that the lab does not know: how it starts, and what it must do. */
export async function layDownCommand(wanted: Wanted, start: readonly string[]): Promise<string[]> {
  const manifest = { language: 'command', start };
  return layDownFiles(wanted, {
    'implementation.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'contract.md': `${await contractOf(wanted.found)}\n`,
  });
}

/** Names as they are laid down, with the templates' texts. Empty where there is no such folder. */
async function templatesIn(name: string): Promise<[string, string][]> {
  const folder = path.join(packageRoot, 'fixtures', 'templates', name);
  const files = await readdir(folder, { recursive: true }).catch((): string[] => []);
  const templates = files.filter((file) => file.endsWith('.template'));
  return Promise.all(
    templates.map(async (file): Promise<[string, string]> => [
      file.slice(0, -'.template'.length),
      await readFile(path.join(folder, file), 'utf8'),
    ]),
  );
}

/**
 * @returns the names of the files, sorted
 * @throws PlanError `not-empty` (exit 2), `not-writable` (exit 4)
 */
export async function layDownFiles(place: Place, files: Files): Promise<string[]> {
  const { folder, shown } = place;
  try {
    await refuseUnlessEmpty(place);
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      makeFolders(path.dirname(file));
      // Whatever came to be there meanwhile stays as it is.
      await writeFile(file, text, { flag: 'wx' });
    }
  } catch (cause) {
    if (cause instanceof PlanError) throw cause;
    const t = texts(scaffoldTexts);
    throw new PlanError({
      code: 'not-writable',
      exit: exitCodes.environment,
      what: t.notWritable(shown, errorMessage(cause)),
      mend: t.notWritableMend,
      cause,
    });
  }
  return Object.keys(files).sort();
}

async function refuseUnlessEmpty({ folder, shown, mend }: Place): Promise<void> {
  const t = texts(scaffoldTexts);
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    if (errorCode(error) === 'ENOTDIR') throw notEmpty(t.notAFolder(shown), mend);
    throw error;
  });
  if (names.length > 0) throw notEmpty(t.notEmpty(shown), mend);
}

function notEmpty(what: string, command: string): PlanError {
  const mend = texts(scaffoldTexts).notEmptyMend(command);
  return new PlanError({ code: 'not-empty', exit: exitCodes.usage, what, mend });
}
