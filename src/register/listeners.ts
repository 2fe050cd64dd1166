import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { readOwnFile } from '../base/own-folder.js';
import { userId } from '../base/user.js';
import { endFound } from './end-found.js';
import { parseEntry } from './entries.js';
import { ownerOf, statFields, thisPlace, type ProcessIdentity } from './identity.js';
import { markVariable } from './marked.js';
import { entryFiles } from './places.js';

export interface Port {
  /** Of 127.0.0.1; it was given to one program alone. */
  readonly port: number;
  /** When that program began; as in `ProcessIdentity`. */
  readonly since: string;
}

/** A look at a free port is over sooner, and is no listener to be ended. */
const lookMs = 50;

/**
 * Ends what still listens on a program's port when the program and all that carries its mark have
 * ended: a process that was started with another environment has no mark, but holds on to the port.
 * Linux only; elsewhere nothing is known.
 * @returns those that did not end by themselves, for people: `4711: node worker.js`
 */
export async function endListeners(port: Port, untilMs: () => number): Promise<string[]> {
  if (listenersOn(port).length === 0) return [];
  await sleep(lookMs);
  return endFound(() => listenersOn(port), { untilMs });
}

/**
 * A port alone proves little, for it may be given out again. So only what is this user's, has begun
 * after the program, has no terminal, and is neither a `plan` nor the program of another start.
 */
function listenersOn({ port, since }: Port): ProcessIdentity[] {
  const sockets = process.platform === 'linux' ? socketsOn(port) : new Set<string>();
  if (sockets.size === 0) return [];
  const known = knownToRegister();
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    // proc(5): field 3 is the state, field 7 the terminal, field 22 when it began.
    const fields = pid > 1 && pid !== process.pid ? statFields(pid) : undefined;
    const start = fields?.[22 - 3] ?? '0';
    if (fields?.[7 - 3] !== '0' || Number(start) < Number(since)) return [];
    if (ownerOf(pid) !== userId() || !holdsOneOf(pid, sockets)) return [];
    return known(pid, start) ? [] : [{ pid, start, place: thisPlace() }];
  });
}

/** Inodes of the sockets that listen there: columns of /proc/net/tcp. */
function socketsOn(port: number): Set<string> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const there = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap(listeningRows)
    .filter(([, local = '']) => local.endsWith(`:${hex}`));
  return new Set(there.map((row) => `socket:[${row[9] ?? ''}]`));
}

/**
 * The kernel lists what listens before what is connected, of which a load leaves thousands behind:
 * to have them all told takes it longer than all else that ends a program.
 */
function listeningRows(file: string): string[][] {
  const listening: string[][] = [];
  for (const row of rowsOf(file)) {
    const [number = '', ...columns] = row.trim().split(/\s+/);
    if (!/^\d+:$/.test(number)) continue;
    if (columns[2] !== '0A') break;
    listening.push([number, ...columns]);
  }
  return listening;
}

/** Line by line, and no more asked of the kernel than is taken. */
function* rowsOf(file: string): Generator<string> {
  const buffer = Buffer.alloc(16 * 1024);
  let rest = '';
  let from: number | undefined;
  try {
    from = openSync(file, 'r');
    for (let read = readSync(from, buffer); read > 0; read = readSync(from, buffer)) {
      const rows = (rest + buffer.toString('latin1', 0, read)).split('\n');
      rest = rows.pop() ?? '';
      yield* rows;
    }
  } catch {
    // Not told to this user, or not told at all.
  } finally {
    if (from !== undefined) closeSync(from);
  }
}

function holdsOneOf(pid: number, sockets: ReadonlySet<string>): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => sockets.has(linkOf(`${folder}/${fd}`)));
  } catch {
    return false;
  }
}

/** Tells whether a process is a `plan` that has something running, or what one has started. */
function knownToRegister(): (pid: number, start: string) => boolean {
  const entries = entryFiles().map(({ file }) => parseEntry(textOf(file, readOwnFile)));
  const owners = entries.map((entry) => entry && `${entry.owner.pid} ${entry.owner.start}`);
  const nonces = entries.flatMap((entry) =>
    entry?.resource.kind === 'process' ? (entry.resource.nonce ?? []) : [],
  );
  return (pid, start) => {
    if (owners.includes(`${pid} ${start}`)) return true;
    const environment = textOf(`/proc/${pid}/environ`).split('\0');
    return nonces.some((nonce) => environment.includes(`${markVariable}=${nonce}`));
  };
}

/** Empty where it is gone, or closed to this user. */
function textOf(file: string, read = (name: string) => readFileSync(name, 'latin1')): string {
  try {
    return read(file);
  } catch {
    return '';
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
