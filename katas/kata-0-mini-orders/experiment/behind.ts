import type { Lab, UpstreamAnswer, UpstreamCall } from '../../../src/kata/index.js';
import { orderOf, type UpstreamSaid } from '../notes.js';

/** So many calls about one order are refused at most: some programs try again by themselves. */
const mostRefusals = 3;

/** The service behind: confirms at once, but for orders with which it has something in mind. */
export class Behind {
  readonly #lab: Lab;
  readonly #plans = new Map<string, () => Promise<number | null>>();

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  async answer(call: UpstreamCall): Promise<UpstreamAnswer> {
    const order = orderOf(call);
    const plan = order === undefined ? undefined : this.#plans.get(order);
    const status = plan ? await plan() : 200;
    if (order !== undefined)
      this.#lab.note('upstream-said', { call: call.n, order, status } satisfies UpstreamSaid);
    if (status === null) throw new Error('the connection breaks');
    return { status, body: status === 200 ? { confirmed: true } : { error: 'not confirmed' } };
  }

  /**
   * Its first call gets no answer until it is released; those that come meanwhile are confirmed.
   * @param then what it is answered in the end; null: the connection breaks
   */
  hold(id: string, then: number | null = 200): HeldCall {
    const held = new HeldCall();
    this.#plans.set(id, async () => {
      if (held.called.aborted) return 200;
      held.come();
      await held.released;
      return then;
    });
    return held;
  }

  /** @param status null: the connection breaks. @returns how many calls were refused, and the end of it */
  refuse(id: string, status: number | null): Refusing {
    const refusing: Refusing = { refused: 0, confirmFromNowOn: () => this.#plans.delete(id) };
    this.#plans.set(id, () => {
      if (refusing.refused === mostRefusals) return Promise.resolve(200);
      refusing.refused += 1;
      return Promise.resolve(status);
    });
    return refusing;
  }
}

export interface Refusing {
  refused: number;
  readonly confirmFromNowOn: () => void;
}

export class HeldCall {
  readonly #call = new AbortController();
  readonly released: Promise<void>;
  release = (): void => undefined;

  constructor() {
    this.released = new Promise((resolve) => (this.release = resolve));
  }

  /** Aborted once the call has come. */
  get called(): AbortSignal {
    return this.#call.signal;
  }

  come(): void {
    this.#call.abort();
  }
}
