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

/** The same since now: what a thread waited before does not count. */
export function watchKeptWaiting(group: number): () => number {
  if (process.platform !== 'linux') return () => 0;
  const before = new Map(groupMembers(group).flatMap((pid) => [...waitedBy(pid)]));
  const sinceThen = (pid: number): number => {
    const waited = [...waitedBy(pid)].map(([thread, ms]) => ms - (before.get(thread) ?? 0));
    return Math.max(0, ...waited);
  };
  return () => groupMembers(group).reduce((sum, pid) => sum + sinceThen(pid), 0);
}

/** The same of the process that asks. */
export function ownWaitingMs(): number {
  return process.platform === 'linux' ? longestOf(process.pid) : 0;
}

const longestOf = (pid: number): number => Math.max(0, ...waitedBy(pid).values());

/** By thread; empty where the process has ended. */
export function waitedBy(pid: number): ReadonlyMap<string, number> {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return new Map(threads.map((one) => [one, waitedMs(`/proc/${pid}/task/${one}`)]));
  } catch {
    return new Map();
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
