import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { displayPath } from '../../base/display-path.js';
import { packageRoot } from '../../base/package.js';
import type { ImplementationRecord } from '../../kata/run-record.js';
import { resolveImplementation } from './resolve.js';

/** The file in which an implementation's strategy can be read, as it is now. */
export interface StrategySource {
  /** Relative to the learner's root or to the lab, where it lies below one of them. */
  readonly path: string;
  readonly code: string;
  /** Of the whole implementation now, in hex; undefined where it can't be told any more. */
  readonly hash: string | undefined;
}

interface Asked {
  readonly record: ImplementationRecord;
  readonly strategy: string;
  readonly kataFolder: string;
  /** The learner's, that relative paths start from. */
  readonly root: string;
}

/**
 * The file named like the strategy, else the one that the program begins in. Undefined where
 * neither is there: a program may have moved since its run.
 */
export async function findStrategySource(asked: Asked): Promise<StrategySource | undefined> {
  const { record, strategy, kataFolder, root } = asked;
  const isReference = record.kind === 'reference';
  const place = isReference
    ? path.join(kataFolder, record.language)
    : path.resolve(root, record.path);
  const implementation = await resolveImplementation({
    kataFolder,
    language: isReference ? record.language : undefined,
    own: isReference ? undefined : place,
    cwd: root,
  }).catch(() => undefined);
  const file = await fileOf(place, strategy, implementation?.entry);
  const code = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
  if (file === undefined || code === undefined) return undefined;
  const shown = displayPath(file, isReference ? packageRoot : root);
  return { path: shown, code, hash: implementation?.hash };
}

const sourceEndings = new Set(
  'ts mts cts js mjs cjs go rs py java kt kts scala rb php ex exs erl cs fs c cc cpp clj lua sh'.split(
    ' ',
  ),
);
const mainNames = ['main', 'index', 'server', 'app', '__main__', 'program'];
const madeByTools = new Set(['node_modules', 'target', 'dist', 'build', '__pycache__', 'vendor']);
const mostDepth = 6;
const mostBytes = 1024 * 1024;

async function fileOf(
  place: string,
  strategy: string,
  entry: string | undefined,
): Promise<string | undefined> {
  const found = await stat(place).catch(() => undefined);
  if (!found) return undefined;
  if (found.isFile()) return place;
  // Shallow ones first: a copy deep inside is rarely the one that runs.
  const files = (await sourcesIn(place, mostDepth)).sort(
    (a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1),
  );
  const named = files.find((file) => plain(stemOf(file)) === plain(strategy));
  const main = mainNames.flatMap((name) => files.find((file) => stemOf(file) === name) ?? [])[0];
  const chosen = named ?? entry ?? main ?? (files.length === 1 ? files[0] : undefined);
  if (chosen === undefined) return undefined;
  return (await stat(chosen)).size <= mostBytes ? chosen : undefined;
}

async function sourcesIn(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  const found = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const file = path.join(folder, entry.name);
      if (entry.isFile()) return isSource(entry.name) ? [file] : [];
      if (!entry.isDirectory() || depth === 0) return [];
      if (entry.name.startsWith('.') || madeByTools.has(entry.name)) return [];
      return sourcesIn(file, depth - 1);
    }),
  );
  return found.flat();
}

function isSource(name: string): boolean {
  if (/[._](test|spec)\.|_test\.|\.d\.[cm]?ts$/.test(name)) return false;
  return sourceEndings.has(path.extname(name).slice(1).toLowerCase());
}

function stemOf(file: string): string {
  return path.basename(file, path.extname(file));
}

/** `skip-locked`, `skip_locked`, `SkipLocked` are one name. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

function depthOf(file: string): number {
  return file.split(path.sep).length;
}
