import { readFileSync, readlinkSync } from 'node:fs';

/** A process beyond doubt: a pid alone is used again after the process has ended. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Linux: clock ticks after boot (`/proc/PID/stat`, field 22). macOS: seconds since 1970. */
  readonly start: string;
  /** This boot of this machine, and the pid namespace: pids and starts mean nothing elsewhere. */
  readonly place: string;
  /** Whose it is; without it in what an earlier version of this program wrote down. */
  readonly uid?: number | undefined;
}

/** `elsewhere`: another pid namespace (a container); nothing can be said about it from here. */
export type Life = 'alive' | 'gone' | 'elsewhere';

/** Undefined where no such process runs; one that has ended and only waits for its parent is gone. */
export function identify(pid: number): ProcessIdentity | undefined {
  const start = startOf(pid);
  if (start === undefined) return undefined;
  return { pid, start, place: thisPlace(), uid: ownerOf(pid) };
}

export function lifeOf({ pid, start, place }: ProcessIdentity): Life {
  const judged = judgePlace(place);
  if (judged !== 'here') return judged;
  return startOf(pid) === start ? 'alive' : 'gone';
}

/** Before a reboot everything is gone; in another container of this boot nobody knows. */
export function judgePlace(place: string): 'here' | 'gone' | 'elsewhere' {
  if (place === thisPlace()) return 'here';
  return place.split('-')[0] === thisPlace().split('-')[0] ? 'elsewhere' : 'gone';
}

let place: string | undefined;

/** `<boot>-<pid namespace>`, each of letters and digits only. */
export function thisPlace(): string {
  place ??= `${bootId()}-${pidNamespace()}`;
  return place;
}

let self: ProcessIdentity | undefined;

export function thisProcess(): ProcessIdentity {
  self ??= identify(process.pid) ?? { pid: process.pid, start: '0', place: thisPlace() };
  return self;
}

/** The user as whom a process acts; undefined where nobody can tell. */
export function ownerOf(pid: number): number | undefined {
  return process.platform === 'linux' ? linuxOwner(pid) : numberOf(psSays(pid, 'uid='));
}

/** Not the owner of /proc/PID, which is root for a process that may not be looked into. */
function linuxOwner(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return numberOf(/^Uid:\s+\d+\s+(\d+)/m.exec(status)?.[1]);
  } catch {
    return undefined;
  }
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}

function startOf(pid: number): string | undefined {
  return process.platform === 'linux' ? linuxStart(pid) : psStart(pid);
}

function linuxStart(pid: number): string | undefined {
  const fields = statFields(pid);
  // Counted from the state, which is field 3 in proc(5).
  return fields === undefined || fields[0] === 'Z' ? undefined : fields[22 - 3];
}

/** The fields after the name of a process or thread, which may hold spaces and parentheses. */
export function statFields(pid: number, thread?: string): string[] | undefined {
  try {
    const place = thread === undefined ? `/proc/${pid}` : `/proc/${pid}/task/${thread}`;
    const stat = readFileSync(`${place}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function psStart(pid: number): string | undefined {
  const [state = '', ...started] = (psSays(pid, 'stat=,lstart=') ?? '').split(/\s+/);
  const seconds = Date.parse(`${started.join(' ')} UTC`) / 1000;
  return state.startsWith('Z') || Number.isNaN(seconds) ? undefined : String(seconds);
}

function psSays(pid: number, columns: string): string | undefined {
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    // Looked up here, so that Linux, which has /proc, never loads it.
    const { execFileSync } = process.getBuiltinModule('node:child_process');
    return execFileSync('ps', ['-o', columns, '-p', String(pid)], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').replaceAll(/[^0-9a-f]/g, '');
  } catch {
    return '0';
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '') || '0';
  } catch {
    return '0';
  }
}
