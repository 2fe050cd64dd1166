import {
  finding,
  withinTolerance,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { freedMs, limitsIn, mostIdle, slowerMs, type Limits } from '../contract.js';
import {
  calledAt,
  isAccepted,
  shown,
  sojournMs,
  tookMs,
  type Job,
  type Span,
  type Story,
} from '../story.js';

const name = 'dependency-is-not-idle';

/** Places at the dependency that stay empty while accepted jobs wait. */
export function dependencyIsNotIdle(story: Story, limits: Limits): Finding {
  const { workers, serviceMs } = limitsIn('overload', limits);
  const rule: Text = {
    en: `The dependency is not idle while accepted jobs wait: at most ${mostIdle} % of the workers' time is lost.`,
    es: `La dependencia no está ociosa mientras esperan trabajos aceptados: se pierde como mucho un ${mostIdle} % del tiempo de los workers.`,
  };
  const apart = waitedBesideAnIdleWorker(story, limits);
  if (apart) return finding(name, rule, apart);
  const jobs = story.of('overload');
  const { busyUs, idleUs, worst } = idleOf(jobs, workers);
  const span = story.phase('overload');
  const margin = {
    what: { en: "of the workers' time", es: 'del tiempo de los workers' },
    value: busyUs > 0 ? (100 * idleUs) / busyUs : 0,
    limit: mostIdle,
    unit: '%',
    resolution: (100 * wayMs(story, span)) / serviceMs,
  };
  return withinTolerance(name, rule, margin, () => ({
    story: {
      en: `while accepted jobs waited, ${shown(margin.value)} % of the time of ${workers} workers went by unused; the longest pause began ${shown(worst.from / 1000)} ms after the case began and lasted ${shown((worst.until - worst.from) / 1000)} ms.`,
      es: `mientras esperaban trabajos aceptados, se perdió el ${shown(margin.value)} % del tiempo de ${workers} workers; la pausa más larga empezó ${shown(worst.from / 1000)} ms después de comenzar el caso y duró ${shown((worst.until - worst.from) / 1000)} ms.`,
    },
    lines: linesAround(jobs, worst),
  }));
}

/** Certain where jobs take their time: one waited, and a worker was free all the while. */
function waitedBesideAnIdleWorker(story: Story, limits: Limits): Witness | undefined {
  const { workers } = limitsIn('places', limits);
  const jobs = story.of('places');
  const { worst } = idleOf(jobs, workers);
  const ms = (worst.until - worst.from) / 1000;
  if (ms <= longestAside(story, worst)) return undefined;
  return {
    story: {
      en: `an accepted job waited for ${shown(ms)} ms while the dependency had fewer than ${workers}, as many as there are workers (places).`,
      es: `un trabajo aceptado esperó ${shown(ms)} ms mientras la dependencia tenía menos de ${workers}, tantos como workers hay (places).`,
    },
    lines: linesAround(jobs, worst),
  };
}

/** So long may a job be on its way to an idle worker, on this machine, milliseconds. */
export const longestAside = (story: Story, { from, until }: Span): number =>
  freedMs + 2 * story.pulses('places').worst(from, until);

/** From an answer of the dependency to the next call it is as far as to the program and back. */
function wayMs(story: Story, span: Span | undefined): number {
  if (!span) return 0;
  const pulse = story.pulses('overload').mean(span.from, span.until);
  if (!story.isAtBroker) return pulse;
  const confirms = story.of('overload', 'overload').filter(isAccepted).map(tookMs);
  return pulse + confirms.reduce((sum, ms) => sum + ms, 0) / Math.max(1, confirms.length);
}

/** Of the time in which a job waits for certain: all of the workers' time, and what of it was lost. */
function idleOf(
  jobs: readonly Job[],
  workers: number,
): { busyUs: number; idleUs: number; worst: Span } {
  const edges = jobs
    .flatMap((job) => {
      const called = calledAt(job);
      const waits = isAccepted(job) && job.end < called && Number.isFinite(called);
      return [
        ...(waits ? [edge(job.end, 1, 0), edge(called, -1, 0)] : []),
        ...job.calls.flatMap(({ at, end }) => [edge(at, 0, 1), edge(end, 0, -1)]),
      ];
    })
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at);
  let [waiting, working, before, busyUs, idleUs] = [0, 0, 0, 0, 0];
  let worst: Span = { from: 0, until: 0 };
  let pause: number | undefined;
  for (const { at, waits, works } of edges) {
    const lost = Math.max(0, Math.min(waiting, workers - working));
    if (waiting > 0) {
      busyUs += workers * (at - before);
      idleUs += lost * (at - before);
    }
    pause = lost > 0 ? (pause ?? before) : undefined;
    if (pause !== undefined && at - pause > worst.until - worst.from)
      worst = { from: pause, until: at };
    waiting += waits;
    working += works;
    before = at;
  }
  return { busyUs, idleUs, worst };
}

const edge = (at: number, waits: number, works: number) => ({ at, waits, works });

/** Whoever waited in it, and the call that ended it. */
function linesAround(jobs: readonly Job[], { from, until }: Span): number[] {
  const waited = jobs.filter((one) => isAccepted(one) && one.end <= from && calledAt(one) >= until);
  const [first] = waited;
  const next = jobs.flatMap(({ calls }) => calls).find(({ at }) => at >= until);
  return [...(first ? [first.line] : []), ...(next ? [next.line] : [])].sort((a, b) => a - b);
}

/** Half of the jobs, so that no pause decides. */
export function recovers(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: `After the overload a job takes as long as before: half of them at most ${slowerMs} ms longer.`,
    es: `Tras la sobrecarga un trabajo tarda lo mismo que antes: la mitad, ${slowerMs} ms más como mucho.`,
  };
  const [before, after] = (['before', 'after'] as const).map((phase) =>
    middleOf(story.of('overload', phase).filter(isAccepted)),
  );
  const [was, is] = [before, after].map((one) => (one ? sojournMs(one) : 0)) as [number, number];
  const span = story.phase('after');
  const margin = {
    what: { en: 'longer than before', es: 'más que antes' },
    value: before && after ? Math.min(100_000, Math.max(0, is - was)) : 0,
    limit: slowerMs,
    unit: 'ms',
    resolution: span ? afterwards(story, span) : 0,
  };
  return withinTolerance('recovers', rule, margin, () => ({
    story: {
      en: `before the overload half of the jobs were done within ${shown(was)} ms; once a queue of ${limits.limit} would have been worked off, half of those sent then took ${shown(is)} ms or longer, such as ${after?.id}.`,
      es: `antes de la sobrecarga la mitad de los trabajos se hacía en ${shown(was)} ms; cuando una cola de ${limits.limit} ya se habría vaciado, la mitad de los enviados entonces tardó ${shown(is)} ms o más, como ${after?.id}.`,
    },
    lines: after ? [after.line, ...after.calls.map(({ line }) => line)] : [],
  }));
}

const afterwards = (story: Story, { from, until }: Span): number =>
  2 * story.pulses('overload').mean(from, until);

function middleOf(jobs: readonly Job[]): Job | undefined {
  return [...jobs].sort((a, b) => sojournMs(a) - sojournMs(b))[Math.floor((jobs.length - 1) / 2)];
}
