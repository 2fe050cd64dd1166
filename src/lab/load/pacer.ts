import type { Random } from '../../kata/lab.js';
import type { Mode, OpenMode, Stop } from './types.js';

/** Says when requests are due. */
export interface Pacer {
  /** `performance.now()` at the start of the load. */
  begin(now: number): void;
  /** @returns the intended send time of a request that is due now, or NaN where none is */
  take(now: number): number;
  /** Whether the request last taken belongs to the warm-up. */
  readonly warmingUp: boolean;
  /** When the next one is due: `Infinity` where that isn't known beforehand. */
  readonly nextDue: number;
  /** Whether no request will come any more. */
  isOver(now: number): boolean;
  /** No request is due from now on. */
  end(): void;
  /** Requests that were due and will not be sent any more. */
  unsent(): number;
}

/** @param graceMs for how long after its end an open load may still send what waits */
export function makePacer(mode: Mode, graceMs: number): Pacer {
  if (mode.kind === 'open') return new OpenPacer(mode, graceMs);
  if (mode.kind === 'closed') return new ClosedPacer(mode.stop, mode.warmUp, false);
  return new ClosedPacer({ requests: mode.requests }, undefined, mode.kind === 'burst');
}

/** Requests are due as fast as virtual users come free; in a burst all at the first moment. */
class ClosedPacer implements Pacer {
  warmingUp = false;
  readonly nextDue = Number.POSITIVE_INFINITY;
  readonly #phases: Phases;
  readonly #atOnce: boolean;
  #begun = 0;

  constructor(stop: Stop, warmUp: Stop | undefined, atOnce: boolean) {
    this.#phases = new Phases(stop, warmUp);
    this.#atOnce = atOnce;
  }

  begin(now: number): void {
    this.#begun = now;
    this.#phases.begin(now);
  }

  take(now: number): number {
    const phase = this.#phases.of(now);
    if (phase === over) return Number.NaN;
    this.#phases.count();
    this.warmingUp = phase === warm;
    return this.#atOnce ? this.#begun : now;
  }

  isOver(now: number): boolean {
    return this.#phases.of(now) === over;
  }

  end(): void {
    this.#phases.finish();
  }

  unsent(): number {
    return 0;
  }
}

/** The times are fixed beforehand; each is worked out only when the one before it was taken. */
class OpenPacer implements Pacer {
  warmingUp = false;
  nextDue = 0;
  readonly #phases: Phases;
  readonly #gap: () => number;
  readonly #graceMs: number;

  constructor({ rate, arrivals, random, stop, warmUp }: OpenMode, graceMs: number) {
    this.#phases = new Phases(stop, warmUp);
    const meanMs = 1000 / rate;
    this.#gap = arrivals === 'constant' ? () => meanMs : exponential(meanMs, random);
    this.#graceMs = graceMs;
  }

  begin(now: number): void {
    this.#phases.begin(now);
    this.nextDue = now;
  }

  take(now: number): number {
    const due = this.nextDue;
    if (due > now || this.isOver(now)) return Number.NaN;
    this.warmingUp = this.#phases.of(due) === warm;
    this.#advance();
    return due;
  }

  isOver(now: number): boolean {
    return this.#phases.of(this.nextDue) === over || now > this.#phases.end + this.#graceMs;
  }

  end(): void {
    this.#phases.finish();
  }

  unsent(): number {
    let left = 0;
    while (this.#phases.of(this.nextDue) !== over) {
      this.#advance();
      left += 1;
    }
    return left;
  }

  #advance(): void {
    this.#phases.count();
    this.nextDue += this.#gap();
  }
}

const warm = 0;
const measured = 1;
const over = 2;

/** Which part of a load a request belongs to, by its number or its intended time. */
class Phases {
  end = Number.POSITIVE_INFINITY;
  #warmEnd = Number.NEGATIVE_INFINITY;
  #isMeasured = false;
  #taken = 0;
  #warmRequests = 0;
  #requests = Number.POSITIVE_INFINITY;
  readonly #stop: Stop;
  readonly #warmUp: Stop | undefined;

  constructor(stop: Stop, warmUp: Stop | undefined) {
    this.#stop = stop;
    this.#warmUp = warmUp;
    if (warmUp && 'requests' in warmUp) this.#warmRequests = warmUp.requests;
  }

  begin(now: number): void {
    if (this.#warmUp && 'durationMs' in this.#warmUp) this.#warmEnd = now + this.#warmUp.durationMs;
    else if (this.#warmRequests === 0) this.#beginMeasured(now);
  }

  /** @param at the intended time of the request that would be the next */
  of(at: number): typeof warm | typeof measured | typeof over {
    if (this.#taken < this.#warmRequests || at < this.#warmEnd) return warm;
    if (!this.#isMeasured) this.#beginMeasured(at);
    return at < this.end && this.#taken < this.#requests ? measured : over;
  }

  count(): void {
    this.#taken += 1;
  }

  finish(): void {
    this.#isMeasured = true;
    this.#warmEnd = Number.NEGATIVE_INFINITY;
    this.#warmRequests = 0;
    this.#requests = this.#taken;
  }

  #beginMeasured(at: number): void {
    this.#isMeasured = true;
    if ('durationMs' in this.#stop) this.end = at + this.#stop.durationMs;
    else this.#requests = this.#taken + this.#stop.requests;
  }
}

/** Gaps of a Poisson process. */
function exponential(meanMs: number, random: Random): () => number {
  return () => -Math.log(1 - random.next()) * meanMs;
}
