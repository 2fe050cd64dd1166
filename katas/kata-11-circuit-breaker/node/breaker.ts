export interface BreakerOptions {
  /** Calls of the last so many milliseconds count. */
  readonly windowMs: number;
  /** Fewer than so many in the window say nothing. */
  readonly minCalls: number;
  /** So many of a hundred must fail. */
  readonly failPercent: number;
  readonly openMs: number;
  /** Half-open, so many calls at once. */
  readonly probes: number;
  /** Half-open, so many successes close it. */
  readonly closeAfter: number;
}

/** Leave to make one call; told once what became of it. */
export type Permit = (failed: boolean) => void;

interface Ended {
  readonly at: number;
  readonly failed: boolean;
}

/** One for each dependency. It makes no calls itself: it says who may, and hears what came of them. */
export class Breaker {
  #state: 'closed' | 'open' | 'half-open' = 'closed';
  /** Counts the changes of state: what was allowed before the last one has no say any more. */
  #era = 0;
  #window: Ended[] = [];
  #failures = 0;
  #openUntil = 0;
  #underWay = 0;
  #successes = 0;
  readonly #options: BreakerOptions;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  /** @returns undefined where the call is not to be made */
  admit(now = performance.now()): Permit | undefined {
    if (this.#state === 'open') {
      if (now < this.#openUntil) return undefined;
      this.#become('half-open');
    }
    if (this.#state === 'half-open' && this.#underWay >= this.#options.probes) return undefined;
    this.#underWay += 1;
    const era = this.#era;
    return (failed) => {
      if (era === this.#era) this.#ended(failed, performance.now());
    };
  }

  /** Milliseconds until it is worth asking again. */
  get waitMs(): number {
    return Math.max(0, this.#openUntil - performance.now());
  }

  #ended(failed: boolean, now: number): void {
    this.#underWay -= 1;
    if (this.#state === 'half-open') this.#probed(failed, now);
    else this.#count(failed, now);
  }

  #probed(failed: boolean, now: number): void {
    if (failed) this.#open(now);
    else {
      this.#successes += 1;
      if (this.#successes >= this.#options.closeAfter) this.#become('closed');
    }
  }

  #count(failed: boolean, now: number): void {
    const { windowMs, minCalls, failPercent } = this.#options;
    this.#window.push({ at: now, failed });
    if (failed) this.#failures += 1;
    const first = this.#window.findIndex(({ at }) => at > now - windowMs);
    for (const { failed: had } of this.#window.splice(0, first)) if (had) this.#failures -= 1;
    const calls = this.#window.length;
    if (calls >= minCalls && 100 * this.#failures >= failPercent * calls) this.#open(now);
  }

  #open(now: number): void {
    this.#openUntil = now + this.#options.openMs;
    this.#become('open');
  }

  #become(state: 'closed' | 'open' | 'half-open'): void {
    this.#state = state;
    this.#era += 1;
    this.#window = [];
    [this.#failures, this.#underWay, this.#successes] = [0, 0, 0];
  }
}
