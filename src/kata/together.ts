/**
 * So many that begin at one moment, whichever of them was ready first. Loads take a while to open
 * their connections, on a busy machine a long one; a clock that runs meanwhile is wrong for all of them.
 */
export class Together {
  /** The moment itself. */
  readonly begun: Promise<void>;
  #awaited: number;
  #begin: () => void = () => undefined;

  constructor(count: number) {
    this.#awaited = count;
    this.begun = new Promise((resolve) => (this.#begin = resolve));
  }

  /** One more is ready. @returns once all are */
  readonly ready = (): Promise<void> => {
    this.#awaited -= 1;
    if (this.#awaited <= 0) this.#begin();
    return this.begun;
  };
}
