import {
  finding,
  undecided,
  withinTolerance,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { freedMs, limitsIn, mostIdle, slowerMs, type Limits, type Scene } from '../contract.js';
import {
  calledAt,
  dependencyLateMs,
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
  const { busyUs, idleUs, waitedUs, worst } = idleOf(jobs, { workers, serviceMs });
  const span = story.phase('overload');
  const value = busyUs > 0 ? (100 * idleUs) / busyUs : 0;
  // Whatever is late here only adds to the loss: where it is small all the same, it is.
  const isSmall = value <= mostIdle && span && waitedUs > (span.until - span.from) / 2;
  const margin = {
    what: { en: "of the workers' time", es: 'del tiempo de los workers' },
    value,
    limit: mostIdle,
    unit: '%',
    ...(!isSmall && { resolution: (100 * wayMs(story, span)) / serviceMs }),
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
  const own = limitsIn('places', limits);
  const { workers } = own;
  const jobs = story.of('places');
  const { worst } = idleOf(jobs, own);
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

/** Longer before and after a moment its broker may have been as late as it was then, microseconds. */
const aboutUs = 1_000_000;

/** So long may a job be on its way to an idle worker, on this machine, milliseconds. */
export function longestAside(story: Story, { from, until }: Span): number {
  const about = { from: from - aboutUs, until: until + aboutUs };
  const broker = Math.max(0, ...confirms(story, 'places', about));
  return freedMs + 2 * story.pulses('places').worst(from, until) + 2 * broker;
}

/** What the broker took for what was sent meanwhile, milliseconds; nothing where there is none. */
function confirms(story: Story, scene: Scene, { from, until }: Span): readonly number[] {
  if (!story.isAtBroker) return [];
  return story
    .of(scene)
    .filter(({ start, end }) => end >= from && start <= until && Number.isFinite(end))
    .map(tookMs);
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, ms) => sum + ms, 0) / Math.max(1, values.length);

/** From an answer of the dependency to the next call it is as far as to the program and back. */
function wayMs(story: Story, span: Span | undefined): number {
  if (!span) return 0;
  const pulse = story.pulses('overload').mean(span.from, span.until);
  if (!story.isAtBroker) return pulse;
  return pulse + meanOf(story.of('overload', 'overload').filter(isAccepted).map(tookMs));
}

interface Idle {
  /** Of the workers' time, but for what the lab's own dependency took longer than planned. */
  readonly busyUs: number;
  readonly idleUs: number;
  /** In which a job waited for certain. */
  readonly waitedUs: number;
  readonly worst: Span;
}

/** Of the time in which a job waits for certain: all of the workers' time, and what of it was lost. */
function idleOf(
  jobs: readonly Job[],
  { workers, serviceMs }: Pick<Limits, 'workers' | 'serviceMs'>,
): Idle {
  const edges = jobs
    .flatMap((job) => {
      const called = calledAt(job);
      const waits = isAccepted(job) && job.end < called && Number.isFinite(called);
      return [
        ...(waits ? [edge(job.end, { waits: 1 }), edge(called, { waits: -1 })] : []),
        ...job.calls.flatMap(({ at, end }) => {
          const due = Math.min(end, at + 1000 * serviceMs);
          return [
            ...[edge(at, { works: 1 }), edge(end, { works: -1 })],
            ...[edge(due, { late: 1 }), edge(end, { late: -1 })],
          ];
        }),
      ];
    })
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at);
  let [waiting, working, overdue, before] = [0, 0, 0, 0];
  let [busyUs, idleUs, waitedUs] = [0, 0, 0];
  let worst: Span = { from: 0, until: 0 };
  let pause: number | undefined;
  for (const { at, waits, works, late } of edges) {
    const lost = Math.max(0, Math.min(waiting, workers - working));
    if (waiting > 0) {
      busyUs += Math.max(lost, workers - overdue) * (at - before);
      idleUs += lost * (at - before);
      waitedUs += at - before;
    }
    pause = lost > 0 ? (pause ?? before) : undefined;
    if (pause !== undefined && at - pause > worst.until - worst.from)
      worst = { from: pause, until: at };
    waiting += waits;
    working += works;
    overdue += late;
    before = at;
  }
  return { busyUs, idleUs, waitedUs, worst };
}

const edge = (at: number, by: { waits?: number; works?: number; late?: number }) => ({
  ...{ at, waits: 0, works: 0, late: 0 },
  ...by,
});

/** Whoever waited in it, and the call that ended it. */
function linesAround(jobs: readonly Job[], { from, until }: Span): number[] {
  const waited = jobs.filter((one) => isAccepted(one) && one.end <= from && calledAt(one) >= until);
  const [first] = waited;
  const next = jobs.flatMap(({ calls }) => calls).find(({ at }) => at >= until);
  return [...(first ? [first.line] : []), ...(next ? [next.line] : [])].sort((a, b) => a - b);
}

/** Whether the lab's own dependency took so long that a full queue was not worked off in the pause. */
export function keptUpOf(story: Story, limits: Limits): { isLate: boolean; story: Text } {
  const { serviceMs } = limitsIn('overload', limits);
  const most = serviceMs / 2;
  const mean = dependencyLateMs(story.of('overload'), serviceMs);
  return {
    isLate: mean > most,
    story: {
      en: `answers of the lab's dependency came ${Math.round(mean)} ms later than planned on average (${most} ms are allowed)`,
      es: `las respuestas de la dependencia del laboratorio llegaron de media ${Math.round(mean)} ms más tarde de lo previsto (se permiten ${most} ms)`,
    },
  };
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
  const kept = keptUpOf(story, limits);
  // Beside what a job takes at least: nothing that was late before the overload makes up for anything.
  const { serviceMs } = limitsIn('overload', limits);
  const isSmall = after && is - serviceMs <= slowerMs;
  const margin = {
    what: { en: 'longer than before', es: 'más que antes' },
    value: before && after ? Math.min(100_000, Math.max(0, is - was)) : 0,
    limit: slowerMs,
    unit: 'ms',
    ...(span && !isSmall && { resolution: afterwards(story, serviceMs, span) }),
  };
  if (margin.value > slowerMs && kept.isLate) return undecided('recovers', rule, kept.story);
  return withinTolerance('recovers', rule, margin, () => ({
    story: {
      en: `before the overload half of the jobs were done within ${shown(was)} ms; once a queue of ${limits.limit} would have been worked off, half of those sent then took ${shown(is)} ms or longer, such as ${after?.id}.`,
      es: `antes de la sobrecarga la mitad de los trabajos se hacía en ${shown(was)} ms; cuando una cola de ${limits.limit} ya se habría vaciado, la mitad de los enviados entonces tardó ${shown(is)} ms o más, como ${after?.id}.`,
    },
    lines: after ? [after.line, ...after.calls.map(({ line }) => line)] : [],
  }));
}

const afterwards = (story: Story, serviceMs: number, { from, until }: Span): number =>
  2 * story.pulses('overload').mean(from, until) +
  2 * meanOf(confirms(story, 'overload', { from, until })) +
  dependencyLateMs(story.of('overload', 'after'), serviceMs);

function middleOf(jobs: readonly Job[]): Job | undefined {
  return [...jobs].sort((a, b) => sojournMs(a) - sojournMs(b))[Math.floor((jobs.length - 1) / 2)];
}
