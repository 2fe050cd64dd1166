import type { Profile } from '../../kata/profile.js';

/**
 * The moments of a load with a profile. The n-th request is due when the area below the profile
 * reaches n, so nothing is lost or doubled where the rate changes.
 */
export class ProfileClock {
  readonly #parts: Profile;
  #part = 0;
  /** Milliseconds since the present part began. */
  #within = 0;
  /** Milliseconds since the beginning. */
  #at = 0;

  constructor(parts: Profile) {
    this.#parts = parts;
  }

  /**
   * Goes on until the rate has come to so many requests more.
   * @returns milliseconds since the beginning; Infinity where the rest of the profile is too little
   */
  advance(requests: number): number {
    let left = requests;
    for (;;) {
      const part = this.#parts[this.#part];
      if (!part) return this.#afterTheLast(left);
      const room = part.forMs - this.#within;
      const rate = rateAt(part, this.#within);
      const slope = ((part.to ?? part.from) - part.from) / part.forMs / 1000;
      const ms = untilArea(left, rate / 1000, slope);
      if (ms <= room) {
        this.#within += ms;
        this.#at += ms;
        return this.#at;
      }
      left -= (rate / 1000) * room + (slope * room * room) / 2;
      this.#at += room;
      this.#part += 1;
      this.#within = 0;
    }
  }

  #afterTheLast(left: number): number {
    const last = this.#parts.at(-1);
    const rate = last ? (last.to ?? last.from) : 0;
    this.#at += rate > 0 ? (left * 1000) / rate : Number.POSITIVE_INFINITY;
    return this.#at;
  }
}

function rateAt({ from, to = from, forMs }: Profile[number], ms: number): number {
  return from + ((to - from) * ms) / forMs;
}

/** Solves `rate · t + slope · t² / 2 = area` for the first t; Infinity where it is never reached. */
function untilArea(area: number, rate: number, slope: number): number {
  if (slope === 0) return rate > 0 ? area / rate : Number.POSITIVE_INFINITY;
  const inside = rate * rate + 2 * slope * area;
  if (inside < 0) return Number.POSITIVE_INFINITY;
  // The form that loses no digits where the slope is small.
  const below = rate + Math.sqrt(inside);
  return below > 0 ? (2 * area) / below : Number.POSITIVE_INFINITY;
}
