const mebibyte = 1024 ** 2;

/** What a stranger's command says, of any length: the beginning and the end of it are kept. */
export class CappedText {
  readonly #most: number;
  readonly #leftOut: (mebibytes: number) => string;
  readonly #head: Buffer[] = [];
  #headBytes = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #dropped = 0;

  /**
   * @param leftOut what stands in the middle, where something was left out
   * @param mostBytes of the head, and again of the tail
   */
  constructor(leftOut: (mebibytes: number) => string, mostBytes = 4 * mebibyte) {
    this.#leftOut = leftOut;
    this.#most = mostBytes;
  }

  add(bytes: Buffer): void {
    const forHead = bytes.subarray(0, this.#most - this.#headBytes);
    if (forHead.length > 0) {
      this.#head.push(forHead);
      this.#headBytes += forHead.length;
    }
    const rest = bytes.subarray(forHead.length);
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailBytes += rest.length;
    // Seldom, so that each byte is copied about once.
    if (this.#tailBytes > 2 * this.#most) this.#cutTail();
  }

  /** Without the line break at its end. */
  text(): string {
    if (this.#tailBytes > this.#most) this.#cutTail();
    const [head, tail] = [Buffer.concat(this.#head), Buffer.concat(this.#tail)];
    const whole =
      this.#dropped === 0
        ? Buffer.concat([head, tail]).toString()
        : `${head.toString()}\n${this.#leftOut(Math.ceil(this.#dropped / mebibyte))}\n${tail.toString()}`;
    return whole.replace(/\r?\n$/, '');
  }

  #cutTail(): void {
    const all = Buffer.concat(this.#tail);
    this.#dropped += all.length - this.#most;
    // A copy, so that what was cut off is not kept in memory.
    const kept = Buffer.from(all.subarray(all.length - this.#most));
    this.#tail = [kept];
    this.#tailBytes = kept.length;
  }
}
