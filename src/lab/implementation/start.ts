import { spawn, type ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { canListen, choosePort } from '../../base/port.js';
import { makeFolders } from '../../base/make-folders.js';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { implementationTexts } from '../../i18n/implementation.js';
import { texts } from '../../i18n/text.js';
import { thisProcess } from '../../register/identity.js';
import { markVariable, newNonce, signalMarked, type Mark } from '../../register/marked.js';
import { register } from '../../register/register.js';
import { signalGroup } from './group.js';
import { waitUntilHealthy } from './health.js';
import { watch, type Launched } from './program.js';
import type { Built, RunningProgram, StartOptions, StartOutcome } from './types.js';

const healthMs = 10_000;
const quotedLines = 30;

/**
 * Starts a program and waits until it is healthy; one that does not become healthy has been ended.
 * The program is ended at once when the signal aborts, now or later. Where somebody else took the
 * port that it was given, it is given another one, and starts again.
 * @throws the signal's reason
 * @throws PlanError `command-not-found` (exit 4), `command-not-executable` (exit 2)
 */
export async function startProgram(built: Built, options: StartOptions): Promise<StartOutcome> {
  for (let left = mostPorts; ; left -= 1) {
    const port = options.port ?? (await choosePort('program'));
    const outcome = await startAt(port, built, options);
    const mayTryAgain = left > 1 && options.port === undefined;
    if (outcome.healthy || outcome.reason.kind !== 'exited' || !mayTryAgain) return outcome;
    // Whatever it left running has been ended: who still listens there is somebody else.
    if (await canListen(port)) return outcome;
  }
}

/** Two in a row that somebody takes meanwhile are no chance any more. */
const mostPorts = 3;

async function startAt(port: number, built: Built, options: StartOptions): Promise<StartOutcome> {
  const { signal, healthTimeoutMs = healthMs } = options;
  signal.throwIfAborted();
  const program = await launch(port, built, options);
  endOnAbort(program, signal);
  try {
    const problem = await waitUntilHealthy(program, { timeoutMs: healthTimeoutMs, signal });
    if (!problem) return { healthy: true, program };
    await program.kill();
    const reason = { ...problem, logTail: program.logTail(quotedLines) };
    return { healthy: false, reason };
  } catch (error) {
    await program.kill();
    throw error;
  }
}

async function launch(
  port: number,
  built: Built,
  { env, logFile }: StartOptions,
): Promise<RunningProgram> {
  makeFolders(path.dirname(logFile));
  // The program writes there itself: nothing of its output costs this process anything.
  const log = await open(logFile, 'a');
  try {
    const mark: Mark = { nonce: newNonce(), since: thisProcess().start };
    const given = {
      ...{ ...ownEnvironment(), ...built.env, ...env },
      ...{ PORT: String(port), [markVariable]: mark.nonce },
    };
    const child = await spawned(built, given, log.fd, mark);
    // Watched before anything is awaited, so that an early end is not missed.
    let release = (): Promise<void> => Promise.resolve();
    const program = watch({ child, port, logFile, mark, release: () => release() });
    try {
      release = await register({ kind: 'process', pid: child.pid, group: true, nonce: mark.nonce });
    } catch (error) {
      await program.kill();
      throw error;
    }
    // What it has left behind may not have been ended yet.
    if (program.hasExited()) await program.kill().then(() => release());
    return program;
  } finally {
    await log.close();
  }
}

/** What a program needs of its surroundings; the caller's secrets are no part of that. */
function ownEnvironment(): Record<string, string> {
  const wanted = ['PATH', 'HOME', 'TMPDIR', 'LANG'];
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function spawned(
  { command, cwd }: Built,
  env: Record<string, string>,
  log: number,
  mark: Mark,
): Promise<Launched['child']> {
  const [file = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
    child.once('error', (error) => {
      reject(notStarted(file, error));
    });
    const { pid } = child;
    if (pid === undefined) return;
    endWithUs(pid, mark, child);
    resolve(Object.assign(child, { pid }));
  });
}

/** The last resort, should this process end without stopping what it started. */
function endWithUs(group: number, mark: Mark, child: ChildProcess): void {
  if (running.size === 0) process.on('exit', endAll);
  running.set(group, mark);
  child.once('exit', () => {
    running.delete(group);
    if (running.size === 0) process.removeListener('exit', endAll);
  });
}

/** Groups of processes; one listener for all of them, however many run at once. */
const running = new Map<number, Mark>();

function endAll(): void {
  for (const [group, mark] of running) {
    signalGroup(group, 'SIGKILL');
    signalMarked(mark, 'SIGKILL');
  }
}

function endOnAbort(program: RunningProgram, signal: AbortSignal): void {
  const end = (): void => void program.kill();
  signal.addEventListener('abort', end, { once: true });
  void program.exited.then(() => signal.removeEventListener('abort', end));
}

function notStarted(file: string, cause: Error): Error {
  const t = texts(implementationTexts);
  switch (errorCode(cause)) {
    case 'ENOENT':
      return new PlanError({
        code: 'command-not-found',
        exit: exitCodes.environment,
        what: t.commandNotFound(file),
        mend: t.commandNotFoundMend(file),
        cause,
      });
    case 'EACCES':
    case 'ENOEXEC':
      return new PlanError({
        code: 'command-not-executable',
        exit: exitCodes.usage,
        what: t.notExecutable(file, errorMessage(cause)),
        mend: `chmod +x ${file}`,
        cause,
      });
    default:
      return cause;
  }
}
