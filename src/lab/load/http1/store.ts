const none = Buffer.alloc(0);
/** A store that a single large answer has blown up is let go with it. */
const keptBytes = 65_536;

/** Bytes put by until the rest of them comes; its memory is used again. */
export class Store {
  #bytes = none;
  length = 0;

  append(from: Uint8Array, start: number, end: number): void {
    const needed = this.length + end - start;
    if (needed > this.#bytes.length) this.#grow(needed);
    // For a few bytes, a call into the runtime costs more than it saves.
    if (end - start < 64)
      for (let at = start; at < end; at += 1)
        this.#bytes[this.length + at - start] = from[at] as number;
    else this.#bytes.set(from.subarray(start, end), this.length);
    this.length = needed;
  }

  /** Shares the memory: valid until the next call. */
  view(): Buffer {
    return this.length === 0 ? none : this.#bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
    if (this.#bytes.length > keptBytes) this.#bytes = none;
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(128, needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }
}
