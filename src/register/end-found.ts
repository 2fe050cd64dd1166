import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../base/errors.js';
import { lifeOf, type ProcessIdentity } from './identity.js';

export interface Patience {
  /** Until when they may end by themselves: asked again and again, since it may be withdrawn. */
  readonly untilMs: () => number;
  /** After SIGTERM; milliseconds. */
  readonly afterTermMs?: number;
}

const rounds = 5;

/**
 * Ends all that is found, again and again: after the patience with SIGTERM, and then with SIGKILL.
 * @returns those that did not end by themselves, for people: `4711: node worker.js`
 */
export async function endFound(
  find: () => ProcessIdentity[],
  { untilMs, afterTermMs = 1_000 }: Patience,
): Promise<string[]> {
  while (performance.now() < untilMs() && find().length > 0) await sleep(25);
  const left = find();
  if (left.length === 0) return [];
  const told = left.map(({ pid }) => `${pid}: ${commandOf(pid)}`);
  if (untilMs() > 0) {
    for (const { pid } of left) send(pid, 'SIGTERM');
    await allEnd(left, afterTermMs);
  }
  // Again, since one that starts others may have done so meanwhile.
  for (let round = 0; round < rounds; round += 1) {
    const deaf = find();
    for (const { pid } of deaf) send(pid, 'SIGKILL');
    if (deaf.length === 0) break;
    await allEnd(deaf, 1_000);
  }
  return told;
}

/** One that has ended meanwhile, or is not ours, is no problem. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH' && errorCode(error) !== 'EPERM') throw error;
  }
}

const longestCommand = 120;

/** Words that a stranger chose: nothing in them may move a terminal's cursor. */
function commandOf(pid: number): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll(/[\p{C}\s]+/gu, ' ');
    return words.trim().slice(0, longestCommand);
  } catch {
    return '?';
  }
}

async function allEnd(processes: readonly ProcessIdentity[], withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  while (processes.some((one) => lifeOf(one) === 'alive') && performance.now() < until)
    await sleep(10);
}
