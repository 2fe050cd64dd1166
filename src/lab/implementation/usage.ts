import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { statFields } from '../../register/identity.js';
import { membersOf } from './group.js';
import type { Usage } from './types.js';

/** USER_HZ: the unit of times in /proc, 100 on every architecture that Node runs on. */
const ticksPerSecond = 100;

/** Asks again and again for what a process group has used; null once it has ended. */
export function usageOf(group: number): () => Promise<Usage | null> {
  if (process.platform === 'linux') {
    const membersNow = membersOf(group);
    return () => Promise.resolve(fromProc(membersNow()));
  }
  let peak = 0;
  return async () => {
    const now = fromPs(await ps(), group);
    if (now === null) return null;
    peak = Math.max(peak, now.peakRssBytes);
    return { cpuMs: now.cpuMs, peakRssBytes: peak };
  };
}

function fromProc(members: readonly number[]): Usage | null {
  if (members.length === 0) return null;
  const ticks = members.map(cpuTicks).reduce((sum, used) => sum + used, 0);
  const peakRssBytes = members.map(peakRss).reduce((sum, bytes) => sum + bytes, 0);
  const threads = new Map(members.flatMap(threadTimes));
  return { cpuMs: (ticks * 1000) / ticksPerSecond, peakRssBytes, threads };
}

/** CPU time of each thread, milliseconds. One that has just ended is left out. */
function threadTimes(pid: number): [string, number][] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const fields = statFields(pid, thread);
      if (fields === undefined) return [];
      const ticks = Number(fields[14 - 3]) + Number(fields[15 - 3]);
      return [[thread, (ticks * 1000) / ticksPerSecond] as [string, number]];
    });
  } catch {
    return [];
  }
}

/** proc(5), fields 14 to 17: own user and system time, and that of children already waited for. */
function cpuTicks(pid: number): number {
  const fields = statFields(pid) ?? [];
  return fields.slice(14 - 3, 17 - 3 + 1).reduce((sum, field) => sum + Number(field), 0);
}

function peakRss(pid: number): number {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function ps(): Promise<string> {
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: 'C' };
    execFile('ps', ['-A', '-o', 'pgid=,rss=,time='], { env }, (error, stdout) => {
      resolve(error ? '' : stdout);
    });
  });
}

/** Lines of `pgid rss time`: resident KiB, and CPU time as `[[days-]hours:]minutes:seconds`. */
export function fromPs(said: string, group: number): Usage | null {
  const members = said
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([processGroup]) => processGroup === String(group));
  if (members.length === 0) return null;
  return {
    cpuMs: members.reduce((sum, [, , time]) => sum + milliseconds(time ?? ''), 0),
    peakRssBytes: members.reduce((sum, [, kib]) => sum + Number(kib) * 1024, 0),
  };
}

function milliseconds(time: string): number {
  const [clock = '', days = '0'] = time.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}
