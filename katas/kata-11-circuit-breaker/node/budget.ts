/** Retries as a share of the requests: when everything fails, there are hardly any. */
export class RetryBudget {
  readonly #share = 0.1;
  readonly #most = 5;
  #left = 5;

  /** A request has come. */
  earn(): void {
    this.#left = Math.min(this.#most, this.#left + this.#share);
  }

  /** @returns whether there is one left */
  spend(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
