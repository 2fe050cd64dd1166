/** Timers of Node keep whole milliseconds and come late: this long before it is due, we look. */
const earlyMs = 2;

/**
 * Calls back when a moment has come, within microseconds where the loop is free: it sleeps for
 * most of the time and goes round the event loop for the rest.
 */
export class Ticker {
  readonly #tick: (now: number) => void;
  readonly #idle: (ms: number) => void;
  readonly #isCoarse: boolean;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #looked = 0;
  #rested = false;
  #work = 0;
  #workSeen = 0;

  /**
   * @param idle hears of time in which the loop went round for nothing
   * @param isCoarse it only sleeps, and so is late by a millisecond or two: several that go round the
   *   loop beside each other take a whole processor from the programs that are asked
   */
  constructor(tick: (now: number) => void, idle: (ms: number) => void, isCoarse = false) {
    this.#tick = tick;
    this.#idle = idle;
    this.#isCoarse = isCoarse;
  }

  /** When it is armed for; `Infinity` where it is not. */
  get dueAt(): number {
    return this.#dueAt;
  }

  get isArmed(): boolean {
    return this.#timer !== undefined || this.#immediate !== undefined;
  }

  /** Something was sent or came in: the time since the last look was not idle. */
  worked(): void {
    this.#work += 1;
  }

  /** Of two moments the earlier one counts. */
  arm(due: number, now: number): void {
    if (this.isArmed && due >= this.#dueAt) return;
    this.stop();
    this.#dueAt = due;
    const wait = due - now;
    if (this.#isCoarse && wait > 0) {
      this.#rested = true;
      this.#timer = setTimeout(this.#look, Math.min(Math.ceil(wait), 1_000_000));
    } else if (wait > earlyMs + 1) {
      this.#rested = true;
      this.#timer = setTimeout(this.#look, Math.min(wait - earlyMs, 1_000_000));
    } else this.#immediate = setImmediate(this.#look);
  }

  /** Without the precision, where nothing could be sent then anyway. */
  armCoarsely(ms: number): void {
    if (this.isArmed) return;
    this.#rested = true;
    // Whatever comes due meanwhile waits for it.
    this.#dueAt = Number.NEGATIVE_INFINITY;
    this.#timer = setTimeout(this.#look, ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#timer = undefined;
    this.#immediate = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
  }

  readonly #look = (): void => {
    this.#timer = undefined;
    this.#immediate = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    // Time asleep is idle already in the figures of the runtime.
    if (!this.#rested && this.#work === this.#workSeen) this.#idle(now - this.#looked);
    this.#rested = false;
    this.#looked = now;
    this.#workSeen = this.#work;
    this.#tick(now);
  };
}
