import type { Way } from './way.js';

/** Of a limited second: small enough to be smooth, big enough for a timer. */
const slicesPerSecond = 50;

/** When the bytes of one lane may go on: late by the delay, no more than the limit a second. */
export class Pace {
  readonly #way: Way;
  #lastDue = 0;
  #free = 0;

  constructor(way: Way) {
    this.#way = way;
  }

  /** For bytes that come now, never before those that came earlier. @returns milliseconds */
  due(now: number): number {
    const { delay, random } = this.#way;
    if (!delay) return now;
    const jitter = (delay.jitterMs ?? 0) * (random.next() * 2 - 1);
    this.#lastDue = Math.max(this.#lastDue, now + Math.max(0, delay.ms + jitter));
    return this.#lastDue;
  }

  /** How many of the bytes are the next to go together. */
  slice(bytes: number): number {
    const { limit } = this.#way;
    if (!limit) return bytes;
    return Math.min(bytes, Math.max(1, Math.ceil(limit.bytesPerSecond / slicesPerSecond)));
  }

  /** When the last of them is through the limit. @returns milliseconds */
  through(bytes: number, due: number): number {
    const { limit } = this.#way;
    return limit ? Math.max(due, this.#free) + (bytes / limit.bytesPerSecond) * 1000 : due;
  }

  went(at: number): void {
    this.#free = at;
  }
}
