export interface BreakerOptions {
  /** So many calls in a row fail, and it opens. */
  readonly failures: number;
  /** So long nobody calls; then one may try. */
  readonly openMs: number;
}

/** It is open: the call was not made. */
export class Open extends Error {}

/** Spares a dependency that does not answer, and whoever would wait for it. */
export class Breaker {
  readonly #options: BreakerOptions;
  #failed = 0;
  #openUntil = 0;
  #isTrying = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  /** @throws Open, or what the call throws: both are worth asking again later */
  async call<T>(make: () => Promise<T>): Promise<T> {
    const isHalfOpen = this.#failed >= this.#options.failures;
    if (isHalfOpen && (this.#isTrying || performance.now() < this.#openUntil))
      throw new Open('the breaker is open');
    this.#isTrying = isHalfOpen;
    try {
      const answer = await make();
      this.#failed = 0;
      return answer;
    } catch (error) {
      this.#failed += 1;
      this.#openUntil = performance.now() + this.#options.openMs;
      throw error;
    } finally {
      if (isHalfOpen) this.#isTrying = false;
    }
  }
}
