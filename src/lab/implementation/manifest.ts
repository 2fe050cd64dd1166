import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { nearest } from '../../base/nearest.js';
import { implementationTexts } from '../../i18n/implementation.js';
import { texts } from '../../i18n/text.js';
import { languageIds } from './languages.js';
import type { Implementation } from './types.js';

/** `implementation.json`: what a folder says of itself. Every field may be left out. */
export interface Manifest {
  readonly language?: Implementation['language'] | undefined;
  readonly build?: readonly string[] | undefined;
  readonly start?: readonly string[] | undefined;
  readonly strategies?: readonly string[] | undefined;
}

export const manifestName = 'implementation.json';
/** Linux takes no longer word; all of them, with the environment, have little more. Bytes. */
const longestCommand = 100_000;
/** It names files. */
const longestStrategy = 60;
const fields = ['language', 'build', 'start', 'strategies'];

/**
 * Undefined where the folder has none.
 * @throws PlanError `bad-implementation-json` (exit 2), naming the file and the field
 */
export async function readManifest(folder: string, cwd: string): Promise<Manifest | undefined> {
  const file = path.join(folder, manifestName);
  const shown = path.relative(cwd, file).startsWith('..') ? file : path.relative(cwd, file);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw bad(texts(implementationTexts).notReadable(shown, errorMessage(error)));
  }
  return parseManifest(text, shown);
}

/** @param file its name, as the learner is to read it */
export function parseManifest(text: string, file: string): Manifest {
  const t = texts(implementationTexts);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw bad(t.notJson(file, errorMessage(error)), t.knownFields(fields.join(', ')));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw bad(t.notAnObject(file), t.knownFields(fields.join(', ')));
  const given = value as Record<string, unknown>;
  refuseUnknown(given, file);
  const manifest: Manifest = {
    language: languageIn(given['language'], file),
    build: commandIn(given['build'], 'build', file),
    start: commandIn(given['start'], 'start', file),
    strategies: strategiesIn(given['strategies'], file),
  };
  if (manifest.language === 'command' && manifest.start === undefined)
    throw bad(t.startMissing(file), t.badCommandMend('start'));
  return manifest;
}

function refuseUnknown(given: Record<string, unknown>, file: string): void {
  const t = texts(implementationTexts);
  const unknown = Object.keys(given).find((name) => !fields.includes(name) && name !== '$schema');
  if (unknown === undefined) return;
  const near = nearest(unknown, fields);
  throw bad(
    t.unknownField(file, unknown),
    near === undefined ? t.knownFields(fields.join(', ')) : t.didYouMean(near),
  );
}

function languageIn(value: unknown, file: string): Manifest['language'] {
  if (value === undefined) return undefined;
  const known = [...languageIds, 'command'] as const;
  const found = known.find((language) => language === value);
  if (found !== undefined) return found;
  const t = texts(implementationTexts);
  throw bad(t.badLanguage(file, JSON.stringify(value), known.join(', ')), t.badLanguageMend);
}

function commandIn(value: unknown, field: string, file: string): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const t = texts(implementationTexts);
  if (!isNames(value)) throw bad(t.badCommand(file, field), t.badCommandMend(field));
  if (value.some((word) => word.includes('\0')))
    throw bad(t.nulInCommand(file, field), t.badCommandMend(field));
  const bytes = value.reduce((sum, word) => sum + Buffer.byteLength(word) + 1, 0);
  if (bytes > longestCommand)
    throw bad(t.commandTooLong(file, field, longestCommand), t.commandTooLongMend);
  return value;
}

function strategiesIn(value: unknown, file: string): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const t = texts(implementationTexts);
  if (!isNames(value)) throw bad(t.badStrategies(file), t.badStrategiesMend);
  const odd = value.some((name) => name.length > longestStrategy || /\p{C}/u.test(name));
  if (odd) throw bad(t.oddStrategy(file, longestStrategy), t.badStrategiesMend);
  return value;
}

/** At least one text, the first one not empty. */
function isNames(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.every((part) => typeof part === 'string') && Boolean(value[0])
  );
}

function bad(what: string, mend?: string): PlanError {
  return new PlanError({
    code: 'bad-implementation-json',
    exit: exitCodes.usage,
    what,
    ...(mend !== undefined && { mend }),
  });
}
