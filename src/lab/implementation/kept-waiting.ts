import { readdirSync, readFileSync } from 'node:fs';
import { groupMembers } from './group.js';

/**
 * How long a program could not go on because the machine's processors had other work, milliseconds since
 * it began; of each of its processes the thread that waited longest. 0 where the kernel does not say.
 *
 * Source: schedstat, "time spent waiting on a runqueue" in nanoseconds
 * (https://docs.kernel.org/scheduler/sched-stats.html).
 */
export function keptWaitingMs(group: number): number {
  if (process.platform !== 'linux') return 0;
  return groupMembers(group).reduce((sum, pid) => sum + longestOf(pid), 0);
}

/** The same of the process that asks. */
export function ownWaitingMs(): number {
  return process.platform === 'linux' ? longestOf(process.pid) : 0;
}

function longestOf(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return Math.max(0, ...threads.map((thread) => waitedMs(`/proc/${pid}/task/${thread}`)));
  } catch {
    return 0;
  }
}

function waitedMs(folder: string): number {
  try {
    const [, waited = '0'] = readFileSync(`${folder}/schedstat`, 'utf8').split(' ');
    return Number(waited) / 1e6;
  } catch {
    // It has just ended.
    return 0;
  }
}
