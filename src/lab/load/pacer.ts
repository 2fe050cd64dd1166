import type { Random } from '../../kata/lab.js';
import type { Profile } from '../../kata/profile.js';
import { RetryingPacer, type Retries } from './retries.js';
import { ProfileClock } from './profile-clock.js';
import type { Mode, OpenMode, Stop } from './types.js';

/** Says when requests are due. */
export interface Pacer {
  /** `performance.now()` at the start of the load. */
  begin(now: number): void;
  /** @returns the intended send time of a request that is due now, or NaN where none is */
  take(now: number): number;
  /** When the next one is due: `Infinity` where that isn't known beforehand. */
  readonly nextDue: number;
  /** Whether no request will come any more. */
  isOver(now: number): boolean;
  /** No request is due from now on. */
  end(): void;
  /** Requests that were due and will not be sent any more. */
  unsent(): number;
}

/**
 * @param graceMs for how long after its end an open load may still send what waits
 * @param retries of an open load: they come on top
 */
export function makePacer(mode: Mode, graceMs: number, retries?: Retries): Pacer {
  if (mode.kind === 'open') {
    const pacer = new OpenPacer(mode, graceMs);
    return retries ? new RetryingPacer(pacer, retries) : pacer;
  }
  if (mode.kind === 'closed') return new ClosedPacer(mode.stop, false);
  return new ClosedPacer({ requests: mode.requests }, mode.kind === 'burst');
}

/** Requests are due as fast as virtual users come free; in a burst all at the first moment. */
class ClosedPacer implements Pacer {
  readonly nextDue = Number.POSITIVE_INFINITY;
  readonly #end: End;
  readonly #atOnce: boolean;
  #begun = 0;

  constructor(stop: Stop, atOnce: boolean) {
    this.#end = new End(stop);
    this.#atOnce = atOnce;
  }

  begin(now: number): void {
    this.#begun = now;
    this.#end.begin(now);
  }

  take(now: number): number {
    if (this.#end.isOver(now)) return Number.NaN;
    this.#end.count();
    return this.#atOnce ? this.#begun : now;
  }

  isOver(now: number): boolean {
    return this.#end.isOver(now);
  }

  end(): void {
    this.#end.finish();
  }

  unsent(): number {
    return 0;
  }
}

/** The times are fixed beforehand; each is worked out only when the one before it was taken. */
class OpenPacer implements Pacer {
  nextDue = 0;
  #begun = 0;
  readonly #end: End;
  readonly #next: () => number;
  readonly #graceMs: number;

  constructor({ rate, arrivals, random, stop }: OpenMode, graceMs: number) {
    this.#end = new End(stop);
    this.#next = dueAfter(rate, arrivals === 'constant' ? () => 1 : exponential(random));
    this.#graceMs = graceMs;
  }

  begin(now: number): void {
    this.#end.begin(now);
    this.#begun = now;
    this.nextDue = now;
  }

  take(now: number): number {
    const due = this.nextDue;
    if (due > now || this.isOver(now)) return Number.NaN;
    this.#advance();
    return due;
  }

  isOver(now: number): boolean {
    return this.#end.isOver(this.nextDue) || now > this.#end.at + this.#graceMs;
  }

  end(): void {
    this.#end.finish();
  }

  unsent(): number {
    let left = 0;
    while (!this.#end.isOver(this.nextDue)) {
      this.#advance();
      left += 1;
    }
    return left;
  }

  #advance(): void {
    this.#end.count();
    this.nextDue = this.#begun + this.#next();
  }
}

/** When a load is over: after a time, or after so many requests. */
class End {
  at = Number.POSITIVE_INFINITY;
  #taken = 0;
  #requests: number;
  readonly #durationMs: number;

  constructor(stop: Stop) {
    this.#durationMs = 'durationMs' in stop ? stop.durationMs : Number.POSITIVE_INFINITY;
    this.#requests = 'requests' in stop ? stop.requests : Number.POSITIVE_INFINITY;
  }

  begin(now: number): void {
    this.at = now + this.#durationMs;
  }

  /** @param at the intended time of the request that would be the next */
  isOver(at: number): boolean {
    return at >= this.at || this.#taken >= this.#requests;
  }

  count(): void {
    this.#taken += 1;
  }

  finish(): void {
    this.#requests = this.#taken;
  }
}

/** When the next is due, milliseconds since the beginning. @param share of a request, 1 on average */
function dueAfter(rate: number | Profile, share: () => number): () => number {
  if (typeof rate === 'number') {
    let due = 0;
    return () => (due += (share() * 1000) / rate);
  }
  const clock = new ProfileClock(rate);
  return () => clock.advance(share());
}

/** Gaps of a Poisson process, of which each is 1 on average. */
function exponential(random: Random): () => number {
  return () => -Math.log(1 - random.next());
}
