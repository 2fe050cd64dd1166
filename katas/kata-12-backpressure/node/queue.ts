import { log } from '../../kit/node/log.js';
import type { Reply } from '../../kit/node/serve.js';

export interface Options {
  /** Jobs that may wait; those in hand are not among them. */
  readonly limit: number;
  /** Jobs in hand at once. */
  readonly workers: number;
  /** Milliseconds that a job takes. */
  readonly serviceMs: number;
  /** Milliseconds that `block` waits for a place. */
  readonly waitMs: number;
}

/** Does one job. @throws where it could not */
export type Work = (id: string) => Promise<void>;

export type State = 'waiting' | 'done' | 'dropped';

/** Jobs that wait, in the order in which they came, and workers that do them. */
export class JobQueue {
  readonly options: Options;
  readonly #work: Work;
  readonly #waiting: string[] = [];
  readonly #states = new Map<string, State>();
  /** Told, one for each place that becomes free. */
  readonly #hopeful: (() => void)[] = [];
  #inHand = 0;
  #nothingLeft: (() => void) | undefined;

  constructor(options: Options, work: Work) {
    this.options = options;
    this.#work = work;
  }

  get isFull(): boolean {
    return this.#waiting.length >= this.options.limit;
  }

  stateOf(id: string): State | undefined {
    return this.#states.get(id);
  }

  add(id: string): void {
    this.#states.set(id, 'waiting');
    this.#waiting.push(id);
    this.#handOut();
  }

  dropOldest(): void {
    const id = this.#waiting.shift();
    if (id !== undefined) this.#states.set(id, 'dropped');
  }

  /** @returns whether a place is free now and for whoever asked; false once the time is over */
  place(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const hope = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#hopeful.splice(this.#hopeful.indexOf(hope), 1);
        resolve(false);
      }, withinMs);
      this.#hopeful.push(hope);
    });
  }

  /** Whole seconds until all that is accepted is done; who comes back then finds room. */
  get retryAfter(): number {
    const { workers, serviceMs } = this.options;
    const held = this.#waiting.length + this.#inHand;
    return Math.max(1, Math.ceil((held * serviceMs) / workers / 1000));
  }

  /** Until all that was accepted is done. */
  async drained(): Promise<void> {
    if (this.#inHand + this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => (this.#nothingLeft = resolve));
  }

  #handOut(): void {
    while (this.#inHand < this.options.workers) {
      const id = this.#waiting.shift();
      if (id === undefined) break;
      this.#inHand += 1;
      void this.#do(id);
      this.#hopeful.shift()?.();
    }
    if (this.#inHand === 0) this.#nothingLeft?.();
  }

  async #do(id: string): Promise<void> {
    try {
      await this.#work(id);
      this.#states.set(id, 'done');
    } catch (error) {
      log('job', id, 'could not be done:', error);
    }
    this.#inHand -= 1;
    this.#handOut();
  }
}

export const accepted = (id: string): Reply => ({ status: 202, body: { id } });

export const refused = ({ retryAfter }: JobQueue): Reply => ({
  status: 503,
  body: { error: 'the queue is full' },
  headers: { 'retry-after': String(retryAfter) },
});
