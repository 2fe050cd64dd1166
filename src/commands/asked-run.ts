import path from 'node:path';
import { everyKata, type KataOnDisk } from '../kata/discover.js';
import type { Kata } from '../kata/define.js';
import type { RunRecord } from '../kata/run-record.js';
import { readRun } from '../lab/archive/folder.js';
import { storedRuns } from '../lab/archive/runs.js';
import { findRoot } from '../plan/root.js';
import { kataOfRun } from './kata-of-run.js';

/** A stored run that a command is to tell of. */
export interface AskedRun {
  readonly found: KataOnDisk;
  readonly folder: string;
  readonly record: RunRecord;
}

/** @throws PlanError as `readRun` and `kataOfRun` */
export async function namedRun(
  command: Parameters<typeof kataOfRun>[0],
  where: string,
  kata: string | undefined,
): Promise<AskedRun> {
  const stored = await readRun(where);
  return { ...stored, found: await kataOfRun(command, where, stored, kata) };
}

/** The newest run of all katas that there is something to tell of; undefined where there is none. */
export async function newestRun(
  ofKata: (kata: Kata) => boolean,
  isWanted: (record: RunRecord) => boolean,
): Promise<AskedRun | undefined> {
  const root = findRoot(process.cwd()) ?? process.cwd();
  const newest: AskedRun[] = [];
  for (const found of await everyKata()) {
    if (!ofKata(found.kata)) continue;
    for await (const { folder, record } of storedRuns(root, found.kata.id)) {
      if (record === undefined || !isWanted(record)) continue;
      newest.push({ found, folder: path.resolve(folder), record });
      break;
    }
  }
  newest.sort((a, b) => b.record.startedAt.localeCompare(a.record.startedAt));
  return newest[0];
}
