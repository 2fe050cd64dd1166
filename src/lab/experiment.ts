import type { AnswerLimit, Lab, Target, Upstream } from '../kata/lab.js';
import type { Resources } from '../kata/run-record.js';
import type { Conditions } from './conditions.js';
import { burst, closedLoop, oneByOne, type LoadConditions } from './load/burst.js';
import { NeverHealthy, startWatched, type Watched } from './programs.js';
import { seededRandom } from './random.js';
import { startUpstream } from './upstream.js';

const answerWithinMs = 10_000;

/**
 * Runs one experiment and writes its history. A program that never becomes healthy ends it early,
 * without the note `experiment-complete`; every program is stopped, whatever happens.
 * @returns what the program used during the measured workload, where it could be read
 */
export async function conduct(conditions: Conditions): Promise<Resources | null> {
  const parts: Parts = { programs: [], upstreams: [], used: [] };
  try {
    await conditions.kata.experiment(makeLab(conditions, parts), conditions.planned.options);
    conditions.recorder.note('experiment-complete', {});
  } catch (error) {
    if (!(error instanceof NeverHealthy)) throw error;
  } finally {
    await Promise.all(parts.programs.map((watched) => watched.program.kill()));
    await Promise.all(parts.upstreams.map((upstream) => upstream.stop()));
  }
  return addUp(parts.used);
}

/** What an experiment has started, and what its programs used. */
interface Parts {
  readonly programs: Watched[];
  readonly upstreams: Upstream[];
  readonly used: Resources[];
}

function makeLab(conditions: Conditions, parts: Parts): Lab {
  const { planned, database, recorder, latency, signal, seed } = conditions;
  const loadOf = (target: Target, limits?: AnswerLimit): LoadConditions => ({
    urls: ('url' in target ? [target] : target).map(({ url }) => url),
    timeoutMs: limits?.answerWithinMs ?? answerWithinMs,
    recorder,
    signal,
  });
  return {
    random: seededRandom(seed + planned.index),
    database,
    signal,
    note: (f, value) => recorder.note(f, value),
    start: (options) => startWatched(conditions, parts.programs, options),
    async upstream(answer) {
      const upstream = await startUpstream(answer, recorder);
      parts.upstreams.push(upstream);
      return upstream;
    },
    burst: (target, requests, limits) =>
      measuringUse(parts, () => burst(loadOf(target, limits), requests, latency)),
    closed: (target, load) =>
      measuringUse(parts, () => closedLoop(loadOf(target, load), load, latency)),
    oneByOne: (target, requests, limits) => oneByOne(loadOf(target, limits), requests),
  };
}

/** CPU and memory of all programs while the measured workload runs. */
async function measuringUse(
  { programs, used }: Parts,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = await Promise.all(programs.map(({ program }) => program.usage()));
  await work();
  const after = await Promise.all(programs.map(({ program }) => program.usage()));
  after.forEach((now, n) => {
    const then = before[n];
    if (then && now) used.push({ cpuMs: now.cpuMs - then.cpuMs, peakRssBytes: now.peakRssBytes });
  });
}

function addUp(used: readonly Resources[]): Resources | null {
  if (used.length === 0) return null;
  return {
    cpuMs: Math.round(used.reduce((sum, { cpuMs }) => sum + cpuMs, 0)),
    peakRssBytes: Math.max(...used.map(({ peakRssBytes }) => peakRssBytes)),
  };
}
