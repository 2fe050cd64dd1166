import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess } from '../../register/end-process.js';
import { identify, lifeOf, type ProcessIdentity } from '../../register/identity.js';
import { register } from '../../register/register.js';
import { cannotExecute } from './cannot-execute.js';
import { logTail } from './log-tail.js';
import type { ServiceUser } from './user.js';

/** All that it takes to start a server, again too. */
export interface ServerSpec {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly user: Pick<ServiceUser, 'uid' | 'gid'> | null;
  /** Its output goes there. */
  readonly log: string;
}

/** A server of ours that answers. */
export interface Launched {
  readonly process: ProcessIdentity;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Takes it out of the register. */
  readonly release: () => Promise<void>;
  /** Lets this program end without it. */
  letGo(): void;
}

/** The server ended, or did not answer in time. */
export class ServerFailure extends Error {
  constructor(readonly log: string) {
    super(log);
  }
}

const readyWithinMs = 60_000;

/**
 * Starts a server and waits until it answers.
 * @param letsIn asks it, with its password: somebody else may listen on its port
 * @throws ServerFailure · PlanError `cannot-execute` · the signal's reason. It is ended then.
 */
export async function launchServer(
  spec: ServerSpec,
  letsIn: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<Launched> {
  signal.throwIfAborted();
  const child = await spawned(spec);
  const ended = hasEnded(child);
  const identity = identify(child.pid ?? 0);
  if (identity === undefined) throw new ServerFailure(await logTail(spec.log));
  const release = await register({ kind: 'process', pid: identity.pid, group: true });
  const unguarded = endWithUs(identity);
  void ended.then(unguarded);
  try {
    await ready(spec, letsIn, ended, signal);
  } catch (error) {
    await killServer(identity);
    await release();
    throw error;
  }
  const letGo = (): void => {
    unguarded();
    child.unref();
  };
  return { process: identity, ended, release, letGo };
}

/** SIGKILL, to its helpers too. */
export function killServer(process: ProcessIdentity): Promise<boolean> {
  return endProcess({ process, group: true, stopSignal: 'SIGKILL' });
}

/** The server's own orderly shutdown; SIGKILL where that takes too long. */
export async function stopServer(process: ProcessIdentity): Promise<void> {
  const ending = { process, group: false, stopSignal: 'SIGTERM', patience: 20_000 } as const;
  await endProcess(ending);
  await killServer(process);
}

/** The last resort, should this program end without stopping it; its folder is the register's. */
function endWithUs(server: ProcessIdentity): () => void {
  const end = (): void => {
    if (lifeOf(server) === 'alive') process.kill(-server.pid, 'SIGKILL');
  };
  process.once('exit', end);
  return () => process.removeListener('exit', end);
}

/** In a group of its own: Ctrl-C at the terminal is for this program to act on. */
function spawned({
  program,
  parameters,
  environment,
  user,
  log,
}: ServerSpec): Promise<ChildProcess> {
  const output = openSync(log, 'a', 0o600);
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: '/',
      env: environment,
      ...(user ?? {}),
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    child.once('spawn', () => resolve(child));
    child.once('error', (error) => reject(cannotExecute(program, error)));
  });
}

async function hasEnded(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('exit', resolve));
}

async function ready(
  { log }: ServerSpec,
  letsIn: () => Promise<boolean>,
  ended: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  void ended.then(() => over.abort());
  const until = performance.now() + readyWithinMs;
  for (;;) {
    signal.throwIfAborted();
    if (over.signal.aborted || performance.now() > until)
      throw new ServerFailure(await logTail(log));
    // Somebody else on this port may never answer; our server's end is then the answer.
    if (await Promise.race([letsIn(), ended.then(() => false)])) return;
    await sleep(10);
  }
}
