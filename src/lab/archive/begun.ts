import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { thisProcess, type ProcessIdentity } from '../../register/identity.js';
import type { RunRecord } from '../../kata/run-record.js';

/** `begun.json`: what a run is about, while it goes on and after it was cut off. */
export interface BegunRun extends Pick<
  RunRecord,
  'schema' | 'kata' | 'kataFolder' | 'startedAt' | 'folder' | 'command' | 'seed' | 'plan'
> {
  /** Who runs it. */
  readonly by: ProcessIdentity;
  /** Those that it was to run. */
  readonly cases: readonly { readonly index: number; readonly slug: string }[];
}

const begunFile = (folder: string): string => path.join(folder, 'begun.json');

/** The history of a case that has not ended. */
export const liveFile = (folder: string, caseIndex: number): string =>
  path.join(folder, `history.live-${caseIndex}.jsonl`);

export async function writeBegun(folder: string, run: Omit<BegunRun, 'by'>): Promise<void> {
  const begun: BegunRun = { ...run, by: thisProcess() };
  const aside = path.join(folder, 'begun.json.aside');
  await writeFile(aside, `${JSON.stringify(begun, null, 2)}\n`);
  await rename(aside, begunFile(folder));
}

/** Its own record tells of it from now on. */
export async function forgetBegun(folder: string): Promise<void> {
  await rm(begunFile(folder), { force: true });
}

/** Undefined where none was begun there, or not as this version writes it down. */
export async function readBegun(folder: string): Promise<BegunRun | undefined> {
  try {
    const begun = JSON.parse(await readFile(begunFile(folder), 'utf8')) as Partial<BegunRun>;
    const isWhole = begun.schema === 2 && typeof begun.kata === 'string';
    return isWhole && Array.isArray(begun.cases) && begun.by ? (begun as BegunRun) : undefined;
  } catch {
    return undefined;
  }
}
