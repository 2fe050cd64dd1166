import type { Bandwidth, Delay, HoldPoint } from '../../../kata/faults.js';
import type { Random } from '../../../kata/lab.js';

/** One direction of a proxy: the faults that hold for all of its connections. */
export class Way {
  readonly random: Random;
  delay: Delay | undefined;
  limit: Bandwidth | undefined;
  blackHole = false;
  readonly holds = new Set<Holding>();

  constructor(random: Random) {
    this.random = random;
  }

  /** Bytes need nothing but to be forwarded. */
  get isClear(): boolean {
    return !this.blackHole && !this.delay && !this.limit && this.holds.size === 0;
  }

  clear(): void {
    this.delay = undefined;
    this.limit = undefined;
    this.blackHole = false;
    this.holds.clear();
  }
}

/** A hold as the lanes see it. */
export interface Holding {
  /** Undefined: at once. */
  readonly at: HoldPoint | undefined;
  /** Matches that are still to pass. */
  toSkip: number;
  /** How many more connections it takes. */
  room: number;
  /** Bytes of one more connection are held back. */
  readonly onHeld: () => void;
}
