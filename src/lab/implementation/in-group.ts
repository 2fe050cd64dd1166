import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { CappedText } from '../../base/capped-text.js';
import { PlanError } from '../../base/errors.js';
import { implementationTexts } from '../../i18n/implementation.js';
import { texts } from '../../i18n/text.js';
import { thisProcess } from '../../register/identity.js';
import { endMarked, markVariable, newNonce, type Mark } from '../../register/marked.js';
import { register } from '../../register/register.js';
import { CommandFailed } from './command-failed.js';
import { groupEnds, groupLives, signalGroup } from './group.js';

interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Ends the command, and all that it has started, when aborted. */
  readonly signal: AbortSignal;
  /** The command has come to its end, and something that it had started went on. */
  readonly onLeftRunning?: (() => void) | undefined;
}

/** What a compiler started has this long to end by itself, milliseconds. */
const patienceMs = 2_000;

/**
 * Runs a build command to its end, in a process group of its own: compilers start compilers, and a
 * build tool may start anything, so that all of it has to end together; also after a `kill -9` of
 * this program, by the register. What the command leaves running when it ends, is ended.
 * @returns its stdout
 * @throws the signal's reason · CommandFailed where it is missing or fails
 */
export async function runInGroup(command: Command): Promise<string> {
  const { signal } = command;
  signal.throwIfAborted();
  const mark: Mark = { nonce: newNonce(), since: thisProcess().start };
  const started = start(command, mark);
  const said = listen(started.child);
  const ending: Promise<unknown>[] = [];
  const end = (): void => void ending.push(endAll(started.pid, mark));
  signal.addEventListener('abort', end, { once: true });
  // It may fail while it is being registered; who waits for it is told below.
  const over = ended(started.child);
  over.catch(() => undefined);
  let release: (() => Promise<void>) | undefined;
  try {
    release = await registered(started.pid, mark.nonce);
    const { code, exitSignal } = await over;
    if (await stopSpeaking(started, mark)) command.onLeftRunning?.();
    signal.throwIfAborted();
    const words = { stdout: said.stdout.text(), stderr: said.stderr.text(), all: said.all.text() };
    if (code === 0) return words.stdout;
    throw new CommandFailed(command.file, { exitCode: code, signal: exitSignal, ...words });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PlanError) await endAll(started.pid, mark);
    if (error instanceof CommandFailed || error instanceof PlanError) throw error;
    throw new CommandFailed(command.file, { cause: error });
  } finally {
    signal.removeEventListener('abort', end);
    await Promise.all(ending);
    await release?.();
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

interface Started {
  readonly child: Child;
  /** Undefined where it could not be started. */
  readonly pid: number | undefined;
}

/** @throws CommandFailed where the command could never be one, as with a NUL in a word */
function start({ file, args, cwd, env }: Command, { nonce }: Mark): Started {
  const given = { ...process.env, ...env, [markVariable]: nonce };
  try {
    const child = spawn(file, args, {
      ...{ cwd, env: given, detached: true },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { child, pid: child.pid };
  } catch (error) {
    throw new CommandFailed(file, { cause: error });
  }
}

/** Where no descriptor was left, there are no pipes either. */
function listen({ stdout, stderr }: Partial<Pick<Child, 'stdout' | 'stderr'>>) {
  const leftOut = texts(implementationTexts).leftOut;
  const said = {
    stdout: new CappedText(leftOut),
    stderr: new CappedText(leftOut),
    all: new CappedText(leftOut),
  };
  for (const [name, stream] of [
    ['stdout', stdout],
    ['stderr', stderr],
  ] as const)
    stream?.on('data', (bytes: Buffer) => {
      said[name].add(bytes);
      said.all.add(bytes);
    });
  return said;
}

function ended(child: Child): Promise<{ code: number | null; exitSignal: string | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, exitSignal) => resolve({ code, exitSignal }));
  });
}

async function registered(pid: number | undefined, nonce: string) {
  if (pid === undefined) return undefined;
  return register({ kind: 'process', pid, group: true, nonce });
}

/**
 * Whoever it has left running may hold its pipes for ever: that must not hold us.
 * @returns whether there was anything to end
 */
async function stopSpeaking({ child, pid }: Started, mark: Mark): Promise<boolean> {
  const closed = Promise.all([closing(child.stdout), closing(child.stderr)]);
  const isQuiet = await Promise.race([closed.then(() => true), pause(patienceMs)]);
  const wasLeft = await endAll(pid, mark);
  if (isQuiet === true || (await Promise.race([closed.then(() => true), pause(patienceMs)])))
    return wasLeft;
  child.stdout.destroy();
  child.stderr.destroy();
  return wasLeft;
}

async function closing(stream: Readable): Promise<void> {
  if (!stream.closed) await once(stream, 'close');
}

async function pause(ms: number): Promise<undefined> {
  await sleep(ms, undefined, { ref: false });
}

/** @returns whether there was anything to end */
async function endAll(group: number | undefined, mark: Mark): Promise<boolean> {
  if (group === undefined) return false;
  const wasThere = groupLives(group);
  if (signalGroup(group, 'SIGTERM') && !(await groupEnds(group, patienceMs))) {
    signalGroup(group, 'SIGKILL');
    await groupEnds(group, patienceMs);
  }
  const escaped = await endMarked(mark, { untilMs: () => 0 });
  return wasThere || escaped.length > 0;
}
