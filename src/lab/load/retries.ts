import type { ClientRequest } from '../../kata/client.js';
import type { Pacer } from './pacer.js';

interface Waiting {
  readonly due: number;
  readonly request: ClientRequest;
}

/** Further tries, until they are due. */
export class Retries {
  /** The one that is due first stands last. */
  readonly #waiting: Waiting[] = [];
  #taken: ClientRequest | undefined;

  /** When the next one is due: `Infinity` where none waits. */
  get nextDue(): number {
    return this.#waiting.at(-1)?.due ?? Number.POSITIVE_INFINITY;
  }

  /** @param due `performance.now()` */
  add(due: number, request: ClientRequest): void {
    let [low, high] = [0, this.#waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#waiting[middle] as Waiting).due > due) low = middle + 1;
      else high = middle;
    }
    this.#waiting.splice(low, 0, { due, request });
  }

  /** The first is to be sent now: `sent` gives it. @returns when it was due */
  take(): number {
    const first = this.#waiting.pop();
    this.#taken = first?.request;
    return first?.due ?? Number.NaN;
  }

  /** @returns what was taken, once; undefined where a request of the profile was */
  sent(): ClientRequest | undefined {
    const taken = this.#taken;
    this.#taken = undefined;
    return taken;
  }
}

/** What a profile has due, and further tries in between. */
export class RetryingPacer implements Pacer {
  readonly #profile: Pacer;
  readonly #retries: Retries;

  constructor(profile: Pacer, retries: Retries) {
    this.#profile = profile;
    this.#retries = retries;
  }

  get nextDue(): number {
    return Math.min(this.#profile.nextDue, this.#retries.nextDue);
  }

  begin(now: number): void {
    this.#profile.begin(now);
  }

  take(now: number): number {
    const { nextDue } = this.#retries;
    const isFirst = nextDue <= now && nextDue < this.#profile.nextDue;
    return isFirst && !this.isOver(now) ? this.#retries.take() : this.#profile.take(now);
  }

  isOver(now: number): boolean {
    return this.#profile.isOver(now);
  }

  end(): void {
    this.#profile.end();
  }

  unsent(): number {
    return this.#profile.unsent();
  }
}
