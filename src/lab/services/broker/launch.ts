import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess } from '../../running/end-process.js';
import { identify, lifeOf, type ProcessIdentity } from '../../running/identity.js';
import { register } from '../../running/register.js';
import { cannotExecute } from '../private/cannot-execute.js';
import { logTail } from '../private/log-tail.js';
import { brokerRecord } from './connection.js';
import { doorIsOpen } from './control.js';
import type { NodeSpec } from './spec.js';

/** A node of ours that answers. */
export interface Launched {
  readonly process: ProcessIdentity;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Takes it out of the register. */
  readonly release: () => Promise<void>;
  /** Lets this program end without it. */
  letGo(): void;
}

/** The node ended, or did not answer in time. */
export class NodeFailure extends Error {
  constructor(readonly log: string) {
    super(log);
  }
}

const readyWithinMs = 60_000;

/**
 * Starts a node and waits until it has booted and a channel opens.
 * @throws NodeFailure · PlanError `cannot-execute` · the signal's reason. It is ended then.
 */
export async function launchNode(spec: NodeSpec, signal: AbortSignal): Promise<Launched> {
  signal.throwIfAborted();
  const child = await spawned(spec);
  const ended = hasEnded(child);
  const identity = identify(child.pid ?? 0);
  if (identity === undefined) throw new NodeFailure(await logTail(spec.log));
  const release = await register({ kind: 'process', pid: identity.pid, group: true });
  const unguarded = endWithUs(identity);
  void ended.then(unguarded);
  try {
    await ready(spec, ended, signal);
  } catch (error) {
    await killNode(identity);
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
export function killNode(process: ProcessIdentity): Promise<boolean> {
  return endProcess({ process, group: true, stopSignal: 'SIGKILL' });
}

/** RabbitMQ's own orderly shutdown; SIGKILL where that takes too long. */
export async function stopNode(process: ProcessIdentity): Promise<void> {
  const ending = { process, group: false, stopSignal: 'SIGTERM', patience: 20_000 } as const;
  await endProcess(ending);
  await killNode(process);
}

/** The last resort, should this program end without stopping it; its folder is the register's. */
function endWithUs(node: ProcessIdentity): () => void {
  const end = (): void => {
    if (lifeOf(node) === 'alive') process.kill(-node.pid, 'SIGKILL');
  };
  process.once('exit', end);
  return () => process.removeListener('exit', end);
}

/** In a group of its own: Ctrl-C at the terminal is for this program to act on. */
function spawned({ program, parameters, environment, user, log }: NodeSpec): Promise<ChildProcess> {
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

async function ready(spec: NodeSpec, ended: Promise<void>, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  void ended.then(() => over.abort());
  const until = performance.now() + readyWithinMs;
  for (;;) {
    signal.throwIfAborted();
    if (over.signal.aborted || performance.now() > until)
      throw new NodeFailure(await logTail(spec.log));
    // Somebody else on this port may never answer; our node's end is then the answer.
    if (await Promise.race([letsIn(spec), ended.then(() => false)])) return;
    await sleep(10);
  }
}

/**
 * The door opens at the end of the boot, and knows our word. Whoever else may listen on the AMQP
 * port does not have our password.
 */
async function letsIn({ url, control }: NodeSpec): Promise<boolean> {
  try {
    if (!(await doorIsOpen(control))) return false;
    await brokerRecord(url, { provider: 'local', kept: false });
    return true;
  } catch {
    return false;
  }
}
