import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What this process opens beside connections, at most: modules, logs, a database. */
const reserve = 64;
const assumedOpen = 64;

export interface FileLimit {
  /** Descriptors that a process may have; `Infinity` where it isn't known or there is none. */
  readonly limit: number;
  readonly open: number;
}

/** Node raises the soft limit to the hard one when it starts, so this is what can be had. */
export function readFileLimit(): FileLimit {
  return process.platform === 'linux' ? fromProc() : fromShell();
}

/** @returns how many connections can be opened */
export function freeDescriptors({ limit, open }: FileLimit): number {
  return Math.max(1, limit - open - reserve);
}

/** @returns the `Max open files` of /proc/self/limits, the soft one */
export function parseLimits(text: string): number {
  const soft = /^Max open files\s+(\S+)/m.exec(text)?.[1];
  return asLimit(soft);
}

/** The command that raises the limit of the shell to hold so many connections. */
export function raisingCommand(connections: number): string {
  const wanted = 2 ** Math.ceil(Math.log2(connections + 1024));
  // Above the hard limit only root may go, and `ulimit` of an ordinary shell then refuses.
  return process.platform === 'linux' && process.getuid?.() !== 0
    ? `sudo prlimit --pid $$ --nofile=${wanted}:${wanted}`
    : `ulimit -n ${wanted}`;
}

function fromProc(): FileLimit {
  try {
    const limit = parseLimits(readFileSync('/proc/self/limits', 'utf8'));
    return { limit, open: readdirSync('/proc/self/fd').length };
  } catch {
    return fromShell();
  }
}

function fromShell(): FileLimit {
  try {
    const said = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' });
    return { limit: asLimit(said.trim()), open: assumedOpen };
  } catch {
    return { limit: Number.POSITIVE_INFINITY, open: assumedOpen };
  }
}

function asLimit(word: string | undefined): number {
  const limit = Number(word);
  return Number.isInteger(limit) && limit > 0 ? limit : Number.POSITIVE_INFINITY;
}
