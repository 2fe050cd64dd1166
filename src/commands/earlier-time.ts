import { median } from '../base/units.js';
import type { RunRecord } from '../kata/run-record.js';
import { storedRuns } from '../lab/archive/runs.js';

/** Further back the machine was another one, and so were the programs. */
const mostRuns = 20;
const mostTimes = 5;

/**
 * How long the same command took the last times, in milliseconds; undefined where it never came to
 * an end.
 * @param command as typed after `plan`; its seed and how it is told make no other run of it
 */
export async function earlierTime(
  root: string,
  kata: string,
  command: readonly string[],
): Promise<number | undefined> {
  const asked = workOf(command);
  const times: number[] = [];
  let seen = 0;
  for await (const { record } of storedRuns(root, kata)) {
    seen += 1;
    if (seen > mostRuns || times.length === mostTimes) break;
    if (record && isWhole(record) && workOf(record.command) === asked)
      times.push(Date.parse(record.finishedAt) - Date.parse(record.startedAt));
  }
  return times.length === 0 ? undefined : median(times);
}

function isWhole({ outcome }: RunRecord): boolean {
  return outcome !== 'interrupted' && outcome !== 'error';
}

/** What is done, without how it is told. */
function workOf(command: readonly string[]): string {
  return command
    .filter((word, at) => !toldBy.has(word) && command[at - 1] !== '--seed' && word !== '--seed')
    .join(' ');
}

const toldBy = new Set(['--json', '--wide', '--ask', '--no-ask']);
