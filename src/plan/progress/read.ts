import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { progressTexts } from '../../i18n/progress.js';
import { texts } from '../../i18n/text.js';
import { progressFile } from '../root.js';
import { isObject, schemaVersion, shapeProblem, type Progress } from './shape.js';

/** What was read, and what it means. */
export interface Reading {
  readonly bytes: Buffer;
  readonly progress: Progress;
  /** The version that the file is written in, where it is older than ours. */
  readonly migratedFrom: number | undefined;
}

/** The file can't be understood. Whoever meets this must not write over it. */
export class Unreadable extends Error {
  readonly reason: 'json' | 'shape' | 'folder' | 'permission' | 'other';

  constructor(reason: Unreadable['reason'], detail: string) {
    super(detail);
    this.name = 'Unreadable';
    this.reason = reason;
  }
}

/**
 * @throws Unreadable
 * @throws PlanError `no-progress`, `progress-newer`
 */
export function readFileAt(root: string): Reading {
  const file = path.join(root, progressFile);
  const bytes = bytesOf(file);
  return { bytes, ...understand(bytes, file) };
}

/** The bytes as they are, so that a writer can see whether they changed under its hands. */
export function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw noProgress(path.dirname(file));
    const t = texts(progressTexts);
    if (code === 'EISDIR') throw new Unreadable('folder', t.isFolder);
    if (code === 'EACCES' || code === 'EPERM') throw new Unreadable('permission', t.noPermission);
    throw new Unreadable('other', errorMessage(error));
  }
}

export function noProgress(where: string): PlanError {
  const t = texts(progressTexts);
  return new PlanError({
    code: 'no-progress',
    exit: exitCodes.environment,
    what: t.noProgress(where),
    mend: t.noProgressMend,
  });
}

function understand(bytes: Buffer, file: string): Omit<Reading, 'bytes'> {
  const document = parse(bytes);
  const t = texts(progressTexts);
  if (!isObject(document)) throw new Unreadable('shape', t.wrongField('.', '{…}'));
  const version = versionOf(document);
  if (version === undefined)
    throw new Unreadable('shape', t.wrongField('schema', String(schemaVersion)));
  if (version > schemaVersion) throw newer(file, version);
  const current = version === 0 ? fromVersion0(document) : document;
  const problem = shapeProblem(current);
  if (problem) throw new Unreadable('shape', t.wrongField(problem.field, problem.expected));
  return {
    progress: withDefaults(current),
    migratedFrom: version < schemaVersion ? version : undefined,
  };
}

function parse(bytes: Buffer): unknown {
  const text = textOf(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /at position (\d+)/.exec(errorMessage(error))?.[1];
    const line =
      position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length;
    const t = texts(progressTexts);
    const isCutOff = errorMessage(error).includes('end of JSON input');
    throw new Unreadable('json', isCutOff ? t.cutOff : t.notJson(line));
  }
}

/** Without the byte order mark of some editors. Bytes that are no text would not survive a write. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('json', texts(progressTexts).notJson(undefined));
  }
}

function versionOf(document: Record<string, unknown>): number | undefined {
  const { schema } = document;
  // The first files had no version, and are known by their list.
  if (schema === undefined && Array.isArray(document['items'])) return 0;
  return typeof schema === 'number' && Number.isInteger(schema) && schema >= 0 ? schema : undefined;
}

/** Version 0 kept the items as a plain list of ids, all ticked by hand, without dates. */
function fromVersion0(document: Record<string, unknown>): Record<string, unknown> {
  const { items = [] } = document;
  if (!Array.isArray(items) || !items.every((id) => typeof id === 'string'))
    throw new Unreadable('shape', texts(progressTexts).wrongField('items', '["…"]'));
  const entries = items.map((id) => [id, { date: null, evidence: { by: 'hand' } }] as const);
  return { ...document, schema: schemaVersion, items: Object.fromEntries(entries) };
}

/** Fields that a hand may have left out. Those that are there keep their place in the file. */
function withDefaults(document: Record<string, unknown>): Progress {
  const defaults = { schema: schemaVersion, startedOn: null, locale: null, items: {}, katas: {} };
  const missing = Object.entries(defaults).filter(([name]) => (document[name] ?? null) === null);
  return { ...document, ...Object.fromEntries(missing) } as unknown as Progress;
}

function newer(file: string, version: number): PlanError {
  const t = texts(progressTexts);
  return new PlanError({
    code: 'progress-newer',
    exit: exitCodes.environment,
    what: t.newer(file, version, schemaVersion),
    mend: t.newerMend,
  });
}
