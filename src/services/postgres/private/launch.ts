import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, errorMessage } from '../../../base/errors.js';
import { register } from '../../../register/register.js';
import { identify, lifeOf, type ProcessIdentity } from '../../../register/identity.js';
import { endProcess } from '../../../register/end-process.js';
import { isWrongPassword, queryOnce } from '../connection.js';
import type { Instance } from './instance.js';
import { cannotExecute } from '../../private/cannot-execute.js';
import { logTail } from '../../private/log-tail.js';
import { freePort } from '../../private/port.js';
import { asUser } from './program.js';
import type { Binaries } from './template.js';
import type { ServiceUser } from '../../private/user.js';

/** A postmaster of ours that answers. */
export interface Postmaster {
  readonly process: ProcessIdentity;
  readonly url: string;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  readonly release: () => Promise<void>;
  shutDown(): Promise<void>;
  /** Lets this program end without it. */
  letGo(): void;
}

/** The server ended before it answered, or does not let us in. */
export class StartFailure extends Error {
  constructor(
    readonly log: string,
    /** It runs, and refuses the password that lies beside its cluster. */
    readonly refused = false,
  ) {
    super(log);
  }
}

interface Launching {
  readonly binaries: Binaries;
  readonly instance: Instance;
  readonly user: ServiceUser | undefined;
  readonly signal: AbortSignal;
  /** For tests: which port to try. */
  readonly choosePort?: (() => Promise<number>) | undefined;
}

const attempts = 5;
const readyWithinMs = 60_000;

/**
 * Starts `postgres` on a free port of 127.0.0.1 and waits until it lets the superuser in. A port
 * that somebody takes first costs another attempt.
 * @throws StartFailure · PlanError `cannot-execute` · the signal's reason
 */
export async function launch(launching: Launching): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await (launching.choosePort ?? freePort)();
    try {
      return await launchOn(port, launching);
    } catch (error) {
      const taken = error instanceof StartFailure && /Address already in use/.test(error.log);
      if (!taken || attempt === attempts) throw error;
      await rm(launching.instance.log, { force: true });
    }
  }
}

async function launchOn(port: number, launching: Launching): Promise<Postmaster> {
  const { instance, signal } = launching;
  signal.throwIfAborted();
  const child = await spawned(port, launching);
  const identity = identify(child.pid ?? 0);
  const ended = hasEnded(child);
  if (identity === undefined) throw new StartFailure(await logTail(instance.log));
  const release = await register({ kind: 'process', pid: identity.pid, stopSignal: 'SIGINT' });
  const unguarded = endWithUs(identity);
  void ended.then(unguarded);
  const url = `postgresql://postgres:${instance.password}@127.0.0.1:${port}/postgres`;
  const shutDown = async (): Promise<void> => {
    await endPostmaster(identity);
    await release();
  };
  try {
    await ready(url, instance, ended, signal);
  } catch (error) {
    await shutDown();
    throw error;
  }
  const letGo = (): void => {
    unguarded();
    child.unref();
  };
  return { process: identity, url, ended, release, shutDown, letGo };
}

/** The last resort, should this program end without stopping it; its folder is the register's. */
function endWithUs(server: ProcessIdentity): () => void {
  const end = (): void => {
    if (lifeOf(server) === 'alive') process.kill(server.pid, 'SIGQUIT');
  };
  process.once('exit', end);
  return () => process.removeListener('exit', end);
}

/** PostgreSQL's fast shutdown; where that takes too long its immediate one; then SIGKILL. */
export async function endPostmaster(process: ProcessIdentity): Promise<boolean> {
  const ending = { process, group: false };
  const fast = { ...ending, stopSignal: 'SIGINT', patience: 10_000, insist: false } as const;
  return (await endProcess(fast)) || endProcess({ ...ending, stopSignal: 'SIGQUIT' });
}

/** In a session of its own: Ctrl-C at the terminal is for this program to act on. */
function spawned(port: number, { binaries, instance, user }: Launching): Promise<ChildProcess> {
  const log = openSync(instance.log, 'a', 0o600);
  const program = path.join(binaries.bin, 'postgres');
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['-D', instance.data, ...settings(port)], {
      ...asUser(user),
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child.once('spawn', () => resolve(child));
    child.once('error', (error) => reject(cannotExecute(program, error)));
  });
}

/** fsync, synchronous_commit and all that bears on the figures stay as PostgreSQL ships them. */
function settings(port: number): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    logging_collector: 'off',
    log_destination: 'stderr',
    ssl: 'off',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function hasEnded(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('exit', resolve));
}

async function ready(
  url: string,
  instance: Instance,
  ended: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  void ended.then(() => over.abort());
  const until = performance.now() + readyWithinMs;
  for (;;) {
    signal.throwIfAborted();
    if (over.signal.aborted || performance.now() > until)
      throw new StartFailure(await logTail(instance.log));
    // Somebody else on this port may never answer; our server's end is then the answer.
    const answer = await Promise.race([ask(url, instance), ended.then(() => 'ended' as const)]);
    if (answer === 'in') return;
    if (typeof answer === 'object' && (await saysReady(instance)))
      throw new StartFailure(errorMessage(answer.refusal), isWrongPassword(answer.refusal));
    await sleep(10);
  }
}

/**
 * Whoever else may listen on this port does not have our password, nor our data directory: that is
 * no answer. "Not yet" is a broken or refused connection, and SQLSTATE 57P03.
 */
async function ask(
  url: string,
  instance: Instance,
): Promise<'in' | 'not-yet' | { readonly refusal: unknown }> {
  try {
    const sql = "SELECT current_setting('data_directory') AS data";
    const [row] = await queryOnce<{ data: string }>(url, sql);
    return row?.data === instance.data ? 'in' : 'not-yet';
  } catch (error) {
    const said = errorCode(error) ?? '';
    return /^[0-9A-Z]{5}$/.test(said) && !said.startsWith('57P') && !/^E[A-Z]+$/.test(said)
      ? { refusal: error }
      : 'not-yet';
  }
}

/** So it was our server that answered: one whose port is taken never comes so far. */
async function saysReady({ log }: Instance): Promise<boolean> {
  return (await logTail(log)).includes('ready to accept connections');
}
