import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { endFound, send, type Patience } from './end-found.js';
import { statFields, thisPlace, type ProcessIdentity } from './identity.js';

/** The variable by which a program is known, and whatever it starts: also what leaves its group. */
export const markVariable = 'PLAN_RUN';

/** What one start of a program carries in its environment. */
export interface Mark {
  readonly nonce: string;
  /** No process that began earlier can carry it; as in `ProcessIdentity`. */
  readonly since: string;
}

export function newNonce(): string {
  return randomBytes(16).toString('hex');
}

/** Living processes of this user that carry the mark. */
export function markedProcesses(mark: Mark): ProcessIdentity[] {
  return process.platform === 'linux' ? inProc(mark) : fromPs(askPs(), mark);
}

/** To all that carry the mark. @returns those that it was sent to */
export function signalMarked(mark: Mark, signal: NodeJS.Signals): ProcessIdentity[] {
  const found = markedProcesses(mark);
  for (const { pid } of found) send(pid, signal);
  return found;
}

/** Ends all that carry the mark. @returns those that did not end by themselves, for people */
export function endMarked(mark: Mark, patience: Patience): Promise<string[]> {
  return endFound(() => markedProcesses(mark), patience);
}

function inProc({ nonce, since }: Mark): ProcessIdentity[] {
  return processNames().flatMap((name) => {
    const pid = Number(name);
    if (!(pid > 1) || pid === process.pid) return [];
    // proc(5): field 3 is the state, field 22 when it began.
    const fields = statFields(pid);
    const start = fields?.[22 - 3] ?? '0';
    if (fields?.[0] === 'Z' || Number(start) < Number(since)) return [];
    return isMine(pid) && carries(pid, nonce) ? [{ pid, start, place: thisPlace() }] : [];
  });
}

/** None where this process can open nothing any more: then nothing can be said. */
function processNames(): string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return [];
  }
}

function isMine(pid: number): boolean {
  try {
    return statSync(`/proc/${pid}`).uid === process.getuid?.();
  } catch {
    return false;
  }
}

/** True where its environment has the variable with this value. */
function carries(pid: number, nonce: string): boolean {
  try {
    const environment = `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`;
    return environment.includes(`\0${markVariable}=${nonce}\0`);
  } catch {
    return false;
  }
}

/** macOS: a process of this user a line, with its environment behind its command. */
function askPs(): string {
  try {
    const { execFileSync } = process.getBuiltinModule('node:child_process');
    const user = String(process.getuid?.() ?? '');
    return execFileSync('ps', ['-U', user, '-E', '-ww', '-o', 'pid=,stat=,lstart=,command='], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 ** 2,
    });
  } catch {
    return '';
  }
}

/** Lines of `pid state Sun Nov 29 01:16:32 2026 command … VARIABLE=value …` */
export function fromPs(said: string, { nonce, since }: Mark): ProcessIdentity[] {
  const variable = ` ${markVariable}=${nonce}`;
  return said.split('\n').flatMap((line) => {
    if (!`${line} `.includes(`${variable} `)) return [];
    const [pid, state = '', ...rest] = line.trim().split(/\s+/);
    const start = Date.parse(`${rest.slice(0, 5).join(' ')} UTC`) / 1000;
    if (state.startsWith('Z') || Number.isNaN(start) || start < Number(since)) return [];
    return [{ pid: Number(pid), start: String(start), place: thisPlace() }];
  });
}
