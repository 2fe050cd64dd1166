/** Where a pattern was found in a chunk. */
export interface Match {
  /** Its first byte; 0 where it began in bytes that have passed already. */
  readonly at: number;
  /** Just behind its last byte. */
  readonly end: number;
}

/** Finds a pattern in a stream, also where chunks split it. */
export interface Scanner {
  /** The first match that ends in the chunk. */
  find(chunk: Buffer): Match | undefined;
  /** How many bytes at the chunk's end may be the beginning of a match. */
  openEnd(chunk: Buffer): number;
  /** These bytes have passed: a match may have begun in them. */
  passed(bytes: Buffer): void;
  /** No match begins in what has passed. */
  forget(): void;
}

export function scannerOf(pattern: string | RegExp | Buffer): Scanner {
  if (pattern instanceof RegExp) return new ExpressionScanner(pattern);
  const bytes = Buffer.from(pattern as string);
  if (bytes.length === 0) throw new Error('an empty pattern matches nothing');
  return new BytesScanner(bytes);
}

/** The end of what has passed, as far back as a match may have begun. */
class Passed {
  readonly #most: number;
  bytes = Buffer.alloc(0);

  constructor(most: number) {
    this.#most = most;
  }

  add(bytes: Buffer): void {
    const all = bytes.length >= this.#most ? bytes : Buffer.concat([this.bytes, bytes]);
    // A copy: a slice would keep all of a chunk alive.
    this.bytes = Buffer.from(all.subarray(Math.max(0, all.length - this.#most)));
  }

  before(chunk: Buffer): Buffer {
    return this.bytes.length === 0 ? chunk : Buffer.concat([this.bytes, chunk]);
  }

  forget(): void {
    this.bytes = Buffer.alloc(0);
  }
}

class BytesScanner implements Scanner {
  readonly #wanted: Buffer;
  readonly #passed: Passed;

  constructor(wanted: Buffer) {
    this.#wanted = wanted;
    this.#passed = new Passed(wanted.length - 1);
  }

  find(chunk: Buffer): Match | undefined {
    const at = this.#passed.before(chunk).indexOf(this.#wanted);
    if (at < 0) return undefined;
    const start = at - this.#passed.bytes.length;
    return { at: Math.max(0, start), end: start + this.#wanted.length };
  }

  openEnd(chunk: Buffer): number {
    const text = this.#passed.before(chunk);
    for (let n = Math.min(this.#wanted.length - 1, text.length); n > 0; n -= 1)
      if (text.subarray(text.length - n).equals(this.#wanted.subarray(0, n)))
        return Math.min(n, chunk.length);
    return 0;
  }

  passed(bytes: Buffer): void {
    this.#passed.add(bytes);
  }

  forget(): void {
    this.#passed.forget();
  }
}

/** So far back may a match of an expression begin. */
const expressionReach = 4096;

/**
 * Nobody can say of an expression what may be its beginning, so nothing waits: where chunks split a
 * match, what came in earlier ones has passed.
 */
class ExpressionScanner implements Scanner {
  readonly #expression: RegExp;
  readonly #passed = new Passed(expressionReach);

  constructor({ source, flags }: RegExp) {
    this.#expression = new RegExp(source, `${flags.replace(/[gy]/g, '')}g`);
  }

  find(chunk: Buffer): Match | undefined {
    const before = this.#passed.bytes.length;
    const text = this.#passed.before(chunk).toString('latin1');
    for (const match of text.matchAll(this.#expression)) {
      const end = match.index + match[0].length - before;
      if (match[0] !== '' && end > 0) return { at: Math.max(0, match.index - before), end };
    }
    return undefined;
  }

  openEnd(): number {
    return 0;
  }

  passed(bytes: Buffer): void {
    this.#passed.add(bytes);
  }

  forget(): void {
    this.#passed.forget();
  }
}
