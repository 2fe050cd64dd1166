import type { Kata } from '../kata/define.js';
import type { Database, Lab, Program } from '../kata/lab.js';
import { variableOf } from '../kata/options.js';
import type { Resources } from '../kata/run-record.js';
import type { PlannedCase } from './cases.js';
import type { Ended, Unhealthy } from './check/program.js';
import {
  startProgram,
  type Built,
  type RunningProgram,
  type UnhealthyReason,
} from './implementation/index.js';
import { burst, oneByOne } from './load/burst.js';
import type { LatencyRecorder } from './measure/latency.js';
import { seededRandom } from './random.js';
import type { Recorder } from './recorder.js';

export interface Conditions {
  readonly kata: Kata;
  readonly planned: PlannedCase;
  readonly built: Built;
  readonly database: Database;
  /** Absolute path; the program's stdout and stderr go there. */
  readonly logFile: string;
  readonly seed: number;
  readonly recorder: Recorder;
  readonly latency: LatencyRecorder;
  readonly signal: AbortSignal;
}

/** Lines of a program's log that a witness quotes. */
const quotedLines = 30;
const answerWithinMs = 10_000;

/**
 * Runs one experiment and writes its history. A program that never becomes healthy ends it early,
 * without the note `experiment-complete`; every program is stopped, whatever happens.
 * @returns what the program used during the measured workload, where it could be read
 */
export async function conduct(conditions: Conditions): Promise<Resources | null> {
  const programs: Watched[] = [];
  const used: Resources[] = [];
  try {
    await conditions.kata.experiment(
      makeLab(conditions, programs, used),
      conditions.planned.options,
    );
    conditions.recorder.note('experiment-complete', {});
  } catch (error) {
    if (!(error instanceof NeverHealthy)) throw error;
  } finally {
    await Promise.all(programs.map((watched) => watched.program.kill()));
  }
  return addUp(used);
}

/** Already in the history; ends the experiment and nothing more. */
class NeverHealthy extends Error {}

interface Watched {
  readonly program: RunningProgram;
  stopping: boolean;
  diedNoted: boolean;
}

function makeLab(conditions: Conditions, programs: Watched[], used: Resources[]): Lab {
  const { planned, database, recorder, latency, signal, seed } = conditions;
  const loadOf = (program: Program, requests: Parameters<Lab['burst']>[1], timeoutMs: number) => ({
    url: program.url,
    requests,
    timeoutMs,
    recorder,
    signal,
  });
  return {
    random: seededRandom(seed + planned.index),
    database,
    signal,
    note: (f, value) => recorder.note(f, value),
    start: () => start(conditions, programs),
    async burst(program, requests, limits) {
      const watched = programs.find(({ program: { url } }) => url === program.url);
      const before = await watched?.program.usage();
      await burst(loadOf(program, requests, limits?.answerWithinMs ?? answerWithinMs), latency);
      const after = await watched?.program.usage();
      if (before && after)
        used.push({ cpuMs: after.cpuMs - before.cpuMs, peakRssBytes: after.peakRssBytes });
    },
    async oneByOne(program, requests, limits) {
      await oneByOne(loadOf(program, requests, limits?.answerWithinMs ?? answerWithinMs));
    },
  };
}

async function start(conditions: Conditions, programs: Watched[]): Promise<Program> {
  const { built, logFile, signal, recorder } = conditions;
  const outcome = await startProgram(built, { env: environmentOf(conditions), logFile, signal });
  if (!outcome.healthy) {
    recorder.note('program-unhealthy', unhealthy(outcome.reason));
    throw new NeverHealthy();
  }
  const watched: Watched = { program: outcome.program, stopping: false, diedNoted: false };
  programs.push(watched);
  recorder.note('program-started', { url: outcome.program.url, pid: outcome.program.pid });
  void outcome.program.exited.then(() => noteDeath(watched, recorder));
  return { url: outcome.program.url, stop: () => stop(watched, recorder) };
}

async function stop(watched: Watched, recorder: Recorder): Promise<void> {
  const { program } = watched;
  if (program.hasExited()) noteDeath(watched, recorder);
  if (watched.diedNoted) return;
  watched.stopping = true;
  const { kind, code, signal, tookMs } = await program.stop();
  // It may have died by itself between the question and the signal.
  watched.stopping = kind !== 'already-dead';
  if (kind === 'already-dead') {
    noteDeath(watched, recorder);
    return;
  }
  const logTail = kind === 'drained' ? [] : program.logTail(quotedLines);
  recorder.note('program-stopped', { kind, code, signal, tookMs, logTail } satisfies Ended);
}

/** A program that ends before it is told to has broken the contract. */
function noteDeath(watched: Watched, recorder: Recorder): void {
  if (watched.stopping || watched.diedNoted) return;
  watched.diedNoted = true;
  const { code, signal } = watched.program.hasExited() ?? { code: null, signal: null };
  const logTail = watched.program.logTail(quotedLines);
  recorder.note('program-died', {
    kind: 'already-dead',
    code,
    signal,
    tookMs: 0,
    logTail,
  } satisfies Ended);
}

function unhealthy(reason: UnhealthyReason): Unhealthy {
  const { kind, waitedMs, exitCode, exitSignal, lastStatus, lastError, logTail } = reason;
  const detail =
    kind === 'exited'
      ? (exitSignal ?? `code ${exitCode ?? '?'}`)
      : lastStatus === undefined
        ? (lastError ?? 'no answer')
        : `status ${lastStatus}`;
  return { kind, waitedMs, detail, logTail };
}

function environmentOf({ kata, planned, database, seed }: Conditions): Record<string, string> {
  const options = Object.keys(kata.options).map((name) => [
    variableOf(name),
    String(planned.options[name]),
  ]);
  return {
    ...(Object.fromEntries(options) as Record<string, string>),
    ...(database.url !== undefined && { DATABASE_URL: database.url }),
    PLAN_STRATEGY: planned.strategy,
    PLAN_SEED: String(seed),
  };
}

function addUp(used: readonly Resources[]): Resources | null {
  if (used.length === 0) return null;
  return {
    cpuMs: Math.round(used.reduce((sum, { cpuMs }) => sum + cpuMs, 0)),
    peakRssBytes: Math.max(...used.map(({ peakRssBytes }) => peakRssBytes)),
  };
}
