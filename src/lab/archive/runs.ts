import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PlanError } from '../../base/errors.js';
import type { RunRecord } from '../../kata/run-record.js';
import { readRun } from './folder.js';
import { isThere, runNames } from './names.js';

export interface StoredRun {
  /** Absolute. */
  readonly folder: string;
  /** Undefined where its run.json can't be read. */
  readonly record: RunRecord | undefined;
}

/**
 * The finished runs of a kata below the learner's root, the newest first, read one by one.
 * @param below a folder of `results/<kata>` for runs of another kind
 */
export async function* storedRuns(
  root: string,
  kata: string,
  below = '.',
): AsyncGenerator<StoredRun> {
  const parent = path.join(root, 'results', kata, below);
  for (const name of await runNames(parent)) {
    const folder = path.join(parent, name);
    // Still running, or killed before it had anything to say.
    if (!(await isThere(path.join(folder, 'run.json')))) continue;
    const record = await recordIn(folder);
    if (record === undefined || record.kata === kata) yield { folder, record };
  }
}

/** The asked lines of history.jsonl as they are written, counted from 1; none where it is gone. */
export async function historyLines(
  folder: string,
  wanted: readonly number[],
): Promise<{ line: number; text: string }[]> {
  const found: { line: number; text: string }[] = [];
  const last = Math.max(0, ...wanted);
  let line = 0;
  try {
    const input = createReadStream(path.join(folder, 'history.jsonl'));
    for await (const text of createInterface({ input })) {
      line += 1;
      if (wanted.includes(line)) found.push({ line, text });
      if (line >= last) break;
    }
    return found;
  } catch {
    return [];
  }
}

async function recordIn(folder: string): Promise<RunRecord | undefined> {
  try {
    return (await readRun(folder)).record;
  } catch (error) {
    if (error instanceof PlanError) return undefined;
    throw error;
  }
}
