import {
  finding,
  withinTolerance,
  type Finding,
  type Margin,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { limitsIn, mostIdle, pulseEveryMs, sight, type Limits } from '../contract.js';
import {
  calledAt,
  confirmsMs,
  isAccepted,
  meanOf,
  shown,
  type Job,
  type Span,
  type Story,
} from '../story.js';
import { longestPause, lossOf, pausesOf, stretchesOf, type Pause, type Stretch } from './lost.js';

const name = 'dependency-is-not-idle';

/** Places at the dependency that stay empty while accepted jobs wait. */
export function dependencyIsNotIdle(story: Story, limits: Limits): Finding {
  const own = limitsIn('overload', limits);
  const { workers } = own;
  const rule: Text = {
    en: `The dependency is not idle while accepted jobs wait: at most ${mostIdle} % of the workers' time is lost.`,
    es: `La dependencia no está ociosa mientras esperan trabajos aceptados: se pierde como mucho un ${mostIdle} % del tiempo de los workers.`,
  };
  const apart = waitedBesideAnIdleWorker(story, limits);
  if (apart) return finding(name, rule, apart);
  const inRoom = lossInRoom(story, limits);
  const inOverload = lossIn(story, own);
  const isRoom = isWorse(inRoom, inOverload);
  const [margin, jobs] = isRoom ? [inRoom, story.of('room')] : [inOverload, story.of('overload')];
  return withinTolerance(name, rule, margin, () => {
    const worst = longestPause(stretchesOf(jobs, own));
    return {
      story: {
        en: `while accepted jobs waited, ${shown(margin.value)} % of the time of ${workers} workers went by unused; the longest pause began ${shown(worst.from / 1000)} ms after the case began and lasted ${shown((worst.until - worst.from) / 1000)} ms.`,
        es: `mientras esperaban trabajos aceptados, se perdió el ${shown(margin.value)} % del tiempo de ${workers} workers; la pausa más larga empezó ${shown(worst.from / 1000)} ms después de comenzar el caso y duró ${shown((worst.until - worst.from) / 1000)} ms.`,
      },
      lines: linesAround(jobs, worst),
    };
  });
}

/** Broken for certain before undecided, and undecided before kept. */
function isWorse(one: Margin, other: Margin): boolean {
  const rank = ({ value, limit, resolution = 0 }: Margin): number =>
    value - resolution > limit ? 2 : value > limit || resolution > limit ? 1 : 0;
  return rank(one) > rank(other);
}

/**
 * As many as may wait are fewer than make the queue full: who calls in more workers only then leaves
 * some idle. Counted once a job's time has passed, since who hands out at a pace begins with one.
 */
function lossInRoom(story: Story, limits: Limits): Margin {
  const own = limitsIn('room', limits);
  const jobs = story.of('room');
  const from = Math.min(...jobs.map(({ end }) => end)) + 1000 * own.serviceMs;
  const until = Math.max(...jobs.flatMap(({ calls }) => calls.map(({ at }) => at)));
  const span = { from, until };
  const later = stretchesOf(jobs, own, [from]).filter((one) => one.from >= from);
  const { percent, ofUs } = lossOf(later, own.workers);
  const ownUs = pausesOf(later).reduce((sum, one) => sum + ownPartOf(story, one) * one.idleUs, 0);
  return {
    what: { en: "of the workers' time", es: 'del tiempo de los workers' },
    value: percent,
    limit: mostIdle,
    unit: '%',
    // Whatever is late here only adds to it.
    ...(percent > mostIdle && {
      resolution:
        (100 * 2 * wayMs(story, span, 'room')) / own.serviceMs + (100 * ownUs) / Math.max(1, ofUs),
    }),
  };
}

/**
 * What share of a pause may be this machine's own doing: the room is short, and a machine that stands
 * still once is not late on average. All of it where no pulse tells.
 */
function ownPartOf(story: Story, { from, until }: Pause): number {
  const pulses = story.pulses('room');
  const about = [from - 1000 * pulseEveryMs, until + 1000 * pulseEveryMs] as const;
  if (!Number.isFinite(pulses.meanWithin(...about))) return 1;
  return Math.min(1, (2 * 1000 * pulses.worst(...about)) / Math.max(1, until - from));
}

/**
 * Whatever is late here only adds to the loss: where it is small all the same, it is. Where it may be the
 * machine's own doing, the quieter half of the time has to tell.
 */
function lossIn(story: Story, { workers, serviceMs }: Limits): Margin {
  const jobs = story.of('overload');
  const span = story.phase('overload') ?? { from: 0, until: 0 };
  const marginOf = (
    loss: { percent: number; waitedUs: number },
    way: number,
    leastUs: number,
  ): Margin => ({
    what: { en: "of the workers' time", es: 'del tiempo de los workers' },
    value: loss.percent,
    limit: mostIdle,
    unit: '%',
    ...((loss.percent > mostIdle || loss.waitedUs < leastUs) && {
      resolution: (100 * way) / serviceMs,
    }),
  });
  const windows = windowsOf(jobs);
  const stretches = stretchesOf(
    jobs,
    { workers, serviceMs },
    windows.map(({ from }) => from),
  );
  const leastUs = (span.until - span.from) / 2;
  const whole = marginOf(lossOf(stretches, workers), wayMs(story, span), leastUs);
  if (whole.resolution === undefined || whole.value - whole.resolution > mostIdle) return whole;
  const quiet = quieterHalf(story, windows, stretches);
  const some = quiet.flatMap((one) => one.some);
  const half = marginOf(lossOf(some, workers), meanOf(quiet.map(({ ms }) => ms)), leastUs / 2);
  // It may excuse, and never blames: it was chosen for its quick pulses.
  return half.resolution === undefined ? half : whole;
}

const windowUs = 100_000;

function windowsOf(jobs: readonly Job[]): readonly Span[] {
  const moments = jobs.flatMap(({ end, calls }) => [end, ...calls.map((call) => call.end)]);
  const known = moments.filter(Number.isFinite);
  const [from, until] = [Math.min(...known), Math.max(...known)];
  const count = known.length > 0 ? Math.ceil((until - from) / windowUs) : 0;
  return Array.from({ length: count }, (_, n) => ({
    from: from + n * windowUs,
    until: from + (n + 1) * windowUs,
  }));
}

/** Of the windows in which a job waited, those with the quickest pulses, and what went by in each. */
function quieterHalf(
  story: Story,
  windows: readonly Span[],
  stretches: readonly Stretch[],
): readonly { readonly ms: number; readonly some: readonly Stretch[] }[] {
  const all = windows
    .map((one) => ({
      ms: wayMs(story, one),
      some: stretches.filter(({ from, until }) => from >= one.from && until <= one.until),
    }))
    .filter(({ some }) => some.some(({ waiting }) => waiting > 0));
  return all.sort((a, b) => a.ms - b.ms).slice(0, Math.ceil(all.length / 2));
}

/** From an answer of the dependency to the next call it is as far as to the program and back. */
const wayMs = (story: Story, span: Span, scene: 'overload' | 'room' = 'overload'): number =>
  story.pulses(scene).meanWithin(span.from, span.until) + meanOf(confirmsMs(story, scene, span));

/** Certain where jobs take their time: one waited, and a worker was free all the while. */
function waitedBesideAnIdleWorker(story: Story, limits: Limits): Witness | undefined {
  const own = limitsIn('places', limits);
  const jobs = story.of('places');
  const worst = longestPause(stretchesOf(jobs, own));
  const ms = (worst.until - worst.from) / 1000;
  if (ms <= longestAside(story, worst)) return undefined;
  return {
    story: {
      en: `an accepted job waited for ${shown(ms)} ms while the dependency had fewer than ${own.workers}, as many as there are workers (places).`,
      es: `un trabajo aceptado esperó ${shown(ms)} ms mientras la dependencia tenía menos de ${own.workers}, tantos como workers hay (places).`,
    },
    lines: linesAround(jobs, worst),
  };
}

/** Longer before and after a moment its broker may have been as late as it was then, microseconds. */
const aboutUs = 1_000_000;

/**
 * So long may a job be on its way to an idle worker, on this machine, milliseconds. Who hands out by a
 * clock, as often as a worker is free, is right; who leaves one idle does so until the other is done.
 */
export function longestAside(story: Story, { from, until }: Span): number {
  const about = { from: from - aboutUs, until: until + aboutUs };
  const broker = Math.max(0, ...confirmsMs(story, 'places', about));
  return sight.serviceMs / 2 + 2 * story.pulses('places').worst(from, until) + 2 * broker;
}

/** Whoever waited in it, and the call that ended it. */
function linesAround(jobs: readonly Job[], { from, until }: Span): number[] {
  const waited = jobs.filter((one) => isAccepted(one) && one.end <= from && calledAt(one) >= until);
  const [first] = waited;
  const next = jobs.flatMap(({ calls }) => calls).find(({ at }) => at >= until);
  return [...(first ? [first.line] : []), ...(next ? [next.line] : [])].sort((a, b) => a - b);
}
