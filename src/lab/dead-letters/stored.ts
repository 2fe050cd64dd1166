import path from 'node:path';
import type { DeadLetter } from '../../kata/dead-letters.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { History } from '../../kata/history.js';
import type { CaseRecord, RunRecord } from '../../kata/run-record.js';
import { readHistory, readRun } from '../archive/folder.js';
import { storedRuns, type StoredRun } from '../archive/runs.js';

/** A dead letter of a stored run. */
export interface StoredLetter extends DeadLetter {
  /** Counted from 1, among those of its case. */
  readonly n: number;
  readonly origin: Origin;
}

/** The case in which it died: its lines are of that history. */
export interface Origin {
  /** Of the run; as run.json has it. */
  readonly folder: string;
  readonly slug: string;
}

export interface CaseWithLetters {
  readonly record: CaseRecord;
  readonly letters: readonly StoredLetter[];
}

export interface RunWithLetters {
  /** Absolute. */
  readonly folder: string;
  readonly record: RunRecord;
  /** A replay of dead letters: what is dead after it is all that is dead. */
  readonly isReplay: boolean;
  /** Those that left any. */
  readonly cases: readonly CaseWithLetters[];
}

/** Below `results/<kata>`: replays of dead letters, which are no runs of the experiment. */
export const replaysFolder = 'dlq';
/** What a replay left alone is as dead as before: {@link Kept}. */
export const keptNote = 'dead-letters-kept';

export interface Kept {
  readonly letters: readonly StoredLetter[];
}

/**
 * The newest run that left dead letters; a replay counts also where it left none. Undefined where
 * no run did.
 */
export async function latestLetters(
  root: string,
  found: KataOnDisk,
): Promise<RunWithLetters | undefined> {
  for await (const { folder, record } of newestFirst(root, found.kata.id)) {
    if (record === undefined) continue;
    const run = await withLetters(found, folder, record);
    if (run.isReplay || run.cases.length > 0) return run;
  }
  return undefined;
}

/** @throws PlanError `no-such-run`, `bad-run` */
export async function lettersOfRun(found: KataOnDisk, where: string): Promise<RunWithLetters> {
  const { folder, record } = await readRun(where);
  return withLetters(found, folder, record);
}

/** Whether any run of the kata is there, whatever it left. */
export async function hasRuns(root: string, kata: string): Promise<boolean> {
  const { done } = await storedRuns(root, kata).next();
  return done !== true;
}

async function withLetters(
  found: KataOnDisk,
  folder: string,
  record: RunRecord,
): Promise<RunWithLetters> {
  const cases: CaseWithLetters[] = [];
  for (const one of record.cases) {
    const letters = await lettersOf(found, folder, record, one);
    if (letters.length > 0) cases.push({ record: one, letters });
  }
  return {
    ...{ folder, record, cases },
    isReplay: isReplayFolder(folder),
  };
}

/** @param folder of a run, absolute */
export function isReplayFolder(folder: string): boolean {
  return path.basename(path.dirname(folder)) === replaysFolder;
}

/** What the case found at its end, and before that what it had left alone. */
async function lettersOf(
  { kata }: KataOnDisk,
  folder: string,
  record: RunRecord,
  one: CaseRecord,
): Promise<StoredLetter[]> {
  if (!kata.deadLetters) return [];
  const history = new History(await readHistory(folder, one.lines), one.lines[0]);
  const origin: Origin = { folder: record.folder, slug: one.slug };
  const kept = history.notes<Kept>(keptNote).flatMap(({ value }) => value.letters);
  const found = kata.deadLetters.read(history).map((letter) => ({ ...letter, origin }));
  return [...kept, ...found].map((letter, at) => ({ ...letter, n: at + 1 }));
}

/** Runs and replays, by when they were started. */
async function* newestFirst(root: string, kata: string): AsyncGenerator<StoredRun> {
  const lists = [storedRuns(root, kata), storedRuns(root, kata, replaysFolder)];
  const heads = await Promise.all(lists.map((list) => list.next()));
  for (;;) {
    const startOf = (at: number): string => {
      const head = heads[at];
      return head?.done === false ? (head.value.record?.startedAt ?? '') : '-';
    };
    const at = startOf(0) >= startOf(1) ? 0 : 1;
    const head = heads[at];
    if (head?.done !== false) return;
    yield head.value;
    heads[at] = await (lists[at] as (typeof lists)[number]).next();
  }
}
