import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { followDescendants, type Descendants } from '../../register/descendants.js';
import { endFound, send } from '../../register/end-found.js';
import { identify, type ProcessIdentity } from '../../register/identity.js';
import { endListeners } from '../../register/listeners.js';
import { endMarked, signalMarked, type Mark } from '../../register/marked.js';
import { groupEnds, signalGroup } from './group.js';
import { watchKeptWaiting } from './kept-waiting.js';
import { watchStarvation } from './starvation.js';
import { tailOf } from './tail.js';
import type { Exit, RunningProgram, StopOutcome } from './types.js';
import { usageOf } from './usage.js';

export interface Launched {
  readonly child: ChildProcess & { readonly pid: number };
  readonly port: number;
  readonly logFile: string;
  /** What all that it starts carries. */
  readonly mark: Mark;
  /** Takes it out of the register of what is running. */
  readonly release: () => Promise<void>;
}

const contractGraceMs = 5_000;
/** A busy machine may prolong the grace so far: to so many times what it was. */
const mostTimes = 3;
/** Less than so much more is no time to end in, milliseconds. */
const leastMoreMs = 50;
/** How long the kernel may take to carry out a SIGKILL. */
const killMs = 5_000;

/**
 * A process that leads a group of its own, watched until all of the group is gone, and all that it
 * started and that has left the group.
 */
export function watch({ child, port, logFile, mark, release }: Launched): RunningProgram {
  const { pid } = child;
  const since = identify(pid)?.start ?? mark.since;
  const family = followDescendants(pid);
  const starvation = watchStarvation(() => [pid, ...family.living().map((one) => one.pid)]);
  let exit: Exit | undefined;
  let groupIsGone = false;
  let allIsGone = false;
  let escaped: readonly string[] = [];
  /** Until when the members of the group may go on after the first process has ended. */
  let patientUntil = 0;
  let stopping: Promise<StopOutcome> | undefined;

  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      resolve(exit);
    });
  });
  /** Orphans go at once: the number of an empty group may soon be somebody else's. */
  const allGone = exited.then(async ({ signal }) => {
    const graceMs = patientUntil - performance.now();
    // A shell around the program dies of SIGTERM while the program itself is still draining.
    if (signal !== null && graceMs > 0) await groupEnds(pid, graceMs);
    if (signalGroup(pid, 'SIGKILL')) await groupEnds(pid, killMs);
    groupIsGone = true;
    const untilMs = (): number => patientUntil;
    const marked = await endMarked(mark, { untilMs });
    family.stop();
    starvation.stop();
    const strayed = await endFound(() => livingOf(family), { untilMs });
    escaped = [...marked, ...strayed, ...(await endListeners({ port, since }, untilMs))];
    allIsGone = true;
    await release();
  });

  const kill = async (): Promise<void> => {
    patientUntil = 0;
    family.look();
    if (!groupIsGone) signalGroup(pid, 'SIGKILL');
    // A crash is of all that belongs to the program, at one moment.
    if (!allIsGone) {
      signalMarked(mark, 'SIGKILL');
      for (const one of family.living()) send(one.pid, 'SIGKILL');
    }
    await Promise.race([allGone, sleep(killMs, undefined, { ref: false })]);
  };

  /** What the machine kept it waiting for a processor is not its own. */
  const endsInTime = async (graceMs: number): Promise<boolean> => {
    const [began, keptMs] = [performance.now(), watchKeptWaiting(pid)];
    let leftMs = graceMs;
    do {
      patientUntil = performance.now() + leftMs;
      if (await within(exited, leftMs)) return true;
      const moreMs = Math.min(keptMs(), (mostTimes - 1) * graceMs);
      leftMs = began + graceMs + moreMs - performance.now();
    } while (leftMs >= leastMoreMs);
    return false;
  };

  const stop = async (graceMs: number): Promise<StopOutcome> => {
    if (exit) {
      await allGone;
      return { kind: 'already-dead', ...exit, tookMs: 0, escaped };
    }
    const began = performance.now();
    family.look();
    signalGroup(pid, 'SIGTERM');
    const inTime = await endsInTime(graceMs);
    const tookMs = Math.round(performance.now() - began);
    await (inTime ? allGone : kill());
    const { code, signal } = await exited;
    return { kind: endedHow(inTime, code), code, signal, tookMs, escaped };
  };

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid,
    exited,
    hasExited: () => exit,
    stop: (graceMs = contractGraceMs) => (stopping ??= stop(graceMs)),
    kill,
    usage: usageOf(pid),
    starvedMs: (ofMs) => starvation.within(ofMs),
    logTail: (lines) => tailOf(logFile, lines),
  };
}

/** What they have started meanwhile, too. */
function livingOf(family: Descendants): ProcessIdentity[] {
  family.look();
  return family.living();
}

function endedHow(inTime: boolean, code: number | null): StopOutcome['kind'] {
  if (!inTime) return 'killed';
  return code === 0 ? 'drained' : 'nonzero';
}

async function within(done: Promise<unknown>, ms: number): Promise<boolean> {
  const waiting = new AbortController();
  const late = sleep(ms, false, { signal: waiting.signal }).catch(() => false);
  try {
    return await Promise.race([done.then(() => true), late]);
  } finally {
    waiting.abort();
  }
}
