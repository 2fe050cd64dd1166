/** Reads the fields of a message's body; past its end, which may have been left out, all is empty. */
export class Fields {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  /** Whether what was read so far was there. */
  get isWhole(): boolean {
    return this.#at <= this.#body.length;
  }

  byte(): number {
    return this.#body[this.#step(1)] ?? 0;
  }

  short(): number {
    const at = this.#step(2);
    return at + 2 <= this.#body.length ? this.#body.readUInt16BE(at) : 0;
  }

  /** Signed: -1 stands for NULL. */
  long(): number {
    const at = this.#step(4);
    return at + 4 <= this.#body.length ? this.#body.readInt32BE(at) : 0;
  }

  /** Up to its zero byte. */
  text(): string {
    const end = this.#body.indexOf(0, this.#at);
    const from = this.#at;
    this.#at = end < 0 ? this.#body.length + 1 : end + 1;
    return this.#body.toString('utf8', from, end < 0 ? undefined : end);
  }

  /** As many as its length says; undefined is NULL. */
  value(): Buffer | undefined {
    const length = this.long();
    if (length < 0) return undefined;
    const at = this.#step(length);
    return this.#body.subarray(at, at + length);
  }

  shorts(): number[] {
    return this.#times(this.short(), () => this.short());
  }

  longs(): number[] {
    return this.#times(this.short(), () => this.long());
  }

  values(): (Buffer | undefined)[] {
    return this.#times(this.short(), () => this.value());
  }

  /** Stops where the body does. */
  #times<T>(count: number, read: () => T): T[] {
    const found: T[] = [];
    for (let n = 0; n < count && this.#at < this.#body.length; n += 1) found.push(read());
    return found;
  }

  #step(bytes: number): number {
    const at = this.#at;
    this.#at += bytes;
    return at;
  }
}
