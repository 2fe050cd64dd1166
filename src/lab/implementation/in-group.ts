import { register } from '../../register/register.js';
import { groupEnds, signalGroup } from './group.js';

interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Ends the command, and all that it has started, when aborted. */
  readonly signal: AbortSignal;
}

/** What a compiler started has this long to end by itself, milliseconds. */
const patienceMs = 2_000;

/**
 * Runs a build command to its end, in a process group of its own: compilers start compilers, and a
 * build tool may start anything, so that all of it has to end together; also after a `kill -9` of
 * this program, by the register.
 * @returns its stdout
 * @throws the signal's reason · execa's error where it is missing or fails
 */
export async function runInGroup({ file, args, cwd, env, signal }: Command): Promise<string> {
  signal.throwIfAborted();
  const { execa } = await import('execa');
  const running = execa(file, args, {
    cwd,
    all: true,
    stdin: 'ignore',
    detached: true,
    // With execa's own, which ends with this program, only the group's first process would go.
    cleanup: false,
    ...(env && { env }),
  });
  const { pid } = running;
  // It may fail while it is being registered; who waits for it is told below.
  running.catch(() => undefined);
  const ending: Promise<void>[] = [];
  const end = (): void => {
    if (pid !== undefined) ending.push(endGroup(pid));
  };
  signal.addEventListener('abort', end, { once: true });
  const release =
    pid === undefined ? undefined : await register({ kind: 'process', pid, group: true });
  try {
    return (await running).stdout;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    await Promise.all(ending);
    await release?.();
  }
}

async function endGroup(group: number): Promise<void> {
  signalGroup(group, 'SIGTERM');
  if (await groupEnds(group, patienceMs)) return;
  signalGroup(group, 'SIGKILL');
  await groupEnds(group, patienceMs);
}
