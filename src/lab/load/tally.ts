import type { Problem } from '../../kata/history.js';
import { LatencyRecorder } from '../measure/latency.js';
import type { PhaseResult } from './types.js';

const lateAfterMs = 1;
/** Whole milliseconds that are told apart; what is later counts as the last of them. */
const mostMs = 500;

/** Whoever is told so is told it without any work: how long that takes is no measure of the others. */
const refusals: ReadonlySet<number> = new Set([401, 403, 429, 503]);

/** Counts of one phase. Its memory does not grow with the number of requests. */
export class Tally {
  readonly latency: LatencyRecorder;
  sent = 0;
  answered = 0;
  wrong = 0;
  unasked = 0;
  reconnects = 0;
  bytes = 0;
  unsent = 0;
  late = 0;
  lateForUser = 0;
  lateMax = 0;
  /** Late by the generator's own doing, by whole milliseconds. */
  readonly #owed = new Uint32Array(mostMs + 1);
  /** What answers took that refused nothing, by whole milliseconds. */
  readonly #served = new Uint32Array(mostMs + 1);
  /** By status: how often it came. */
  readonly #statuses = new Map<number, number>();
  readonly #problems = { timeout: 0, connection: 0, contract: 0 };

  constructor(latency = new LatencyRecorder()) {
    this.latency = latency;
  }

  /** @param waited whether no virtual user was free at the intended time */
  send(intended: number, now: number, waited: boolean): void {
    if (this.sent === 0) this.latency.begin(intended);
    this.sent += 1;
    const lateness = now - intended;
    if (lateness > this.lateMax) this.lateMax = lateness;
    if (lateness <= lateAfterMs) return;
    this.late += 1;
    if (waited) this.lateForUser += 1;
    else (this.#owed[wholeMs(lateness)] as number) += 1;
  }

  answer(status: number, bytes: number, latencyMs: number, now: number): void {
    this.answered += 1;
    this.bytes += bytes;
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    if (!refusals.has(status)) (this.#served[wholeMs(latencyMs)] as number) += 1;
    this.latency.record(latencyMs);
    this.latency.end(now);
  }

  problem(kind: Problem['kind']): void {
    this.#problems[kind] += 1;
  }

  result(): PhaseResult {
    const { sent, answered, wrong, unasked, reconnects, bytes, unsent } = this;
    return {
      ...{ sent, answered, wrong, unasked, reconnects, bytes, unsent },
      statuses: Object.fromEntries(this.#statuses),
      problems: { ...this.#problems },
      late: {
        ...{ count: this.late, forUser: this.lateForUser, max: this.lateMax },
        owedByMs: this.#owed,
      },
      latency: this.latency.summary(),
      servedMs: medianOf(this.#served),
    };
  }
}

const wholeMs = (ms: number): number => Math.min(mostMs, Math.max(0, Math.floor(ms)));

/** Of counts by whole milliseconds; 0 where there are none. */
function medianOf(counts: Uint32Array): number {
  const half = counts.reduce((sum, count) => sum + count, 0) / 2;
  let sum = 0;
  return Math.max(
    0,
    counts.findIndex((count) => (sum += count) >= half && half > 0),
  );
}
