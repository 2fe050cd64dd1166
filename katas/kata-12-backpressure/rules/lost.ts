import type { Limits } from '../contract.js';
import { calledAt, isAccepted, type Job, type Span } from '../story.js';

/** A while in which neither who waits nor who works changes. */
export interface Stretch extends Span {
  readonly waiting: number;
  /** Workers with nothing to do while a job waited for certain. */
  readonly lost: number;
  /** Workers with a job that the lab's own dependency should have answered by now. */
  readonly late: number;
}

/** What went by, cut at these moments as well. */
export function stretchesOf(
  jobs: readonly Job[],
  { workers, serviceMs }: Pick<Limits, 'workers' | 'serviceMs'>,
  cuts: readonly number[] = [],
): readonly Stretch[] {
  const edges = [...jobs.flatMap((job) => edgesOf(job, serviceMs)), ...cuts.map((at) => edge(at))]
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at);
  let [waiting, working, late] = [0, 0, 0];
  return edges.map((one, n) => {
    waiting += one.waits;
    working += one.works;
    late += one.late;
    const lost = Math.max(0, Math.min(waiting, workers - working));
    return { from: one.at, until: edges[n + 1]?.at ?? one.at, waiting, lost, late };
  });
}

function edgesOf(job: Job, serviceMs: number): Edge[] {
  const called = calledAt(job);
  const waits = isAccepted(job) && job.end < called && Number.isFinite(called);
  return [
    ...(waits ? [edge(job.end, { waits: 1 }), edge(called, { waits: -1 })] : []),
    ...job.calls.flatMap(({ at, end }) => [
      ...[edge(at, { works: 1 }), edge(end, { works: -1 })],
      ...[edge(Math.min(end, at + 1000 * serviceMs), { late: 1 }), edge(end, { late: -1 })],
    ]),
  ];
}

interface Edge {
  readonly at: number;
  readonly waits: number;
  readonly works: number;
  readonly late: number;
}

const edge = (at: number, by: Partial<Edge> = {}): Edge => ({
  waits: 0,
  works: 0,
  late: 0,
  ...by,
  at,
});

export interface Loss {
  /** Of the workers' time while a job waited, but for what the lab's own dependency took too long. */
  readonly percent: number;
  /** In which a job waited for certain, microseconds. */
  readonly waitedUs: number;
  /** Of all workers together, what `percent` is of, microseconds. */
  readonly ofUs: number;
}

export function lossOf(stretches: readonly Stretch[], workers: number): Loss {
  let [busyUs, idleUs, waitedUs] = [0, 0, 0];
  for (const { from, until, waiting, lost, late } of stretches) {
    if (waiting === 0) continue;
    busyUs += Math.max(lost, workers - late) * (until - from);
    idleUs += lost * (until - from);
    waitedUs += until - from;
  }
  return { percent: busyUs > 0 ? (100 * idleUs) / busyUs : 0, waitedUs, ofUs: busyUs };
}

/** A time in which some worker had nothing to do all along while a job waited. */
export interface Pause extends Span {
  /** Of all such workers together, microseconds. */
  readonly idleUs: number;
}

export function longestPause(stretches: readonly Stretch[]): Span {
  const none: Span = { from: 0, until: 0 };
  const longer = (one: Span, other: Span): Span =>
    other.until - other.from > one.until - one.from ? other : one;
  return pausesOf(stretches).reduce(longer, none);
}

export function pausesOf(stretches: readonly Stretch[]): readonly Pause[] {
  const pauses: Pause[] = [];
  let isOne = false;
  for (const { from, until, lost } of stretches) {
    if (lost > 0) {
      const before = isOne ? pauses.pop() : undefined;
      const idleUs = (before?.idleUs ?? 0) + lost * (until - from);
      pauses.push({ from: before?.from ?? from, until, idleUs });
    }
    isOne = lost > 0;
  }
  return pauses;
}
