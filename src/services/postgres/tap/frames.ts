/** A message as it passed; of a long one only the beginning is kept. */
export interface WireMessage {
  /** Its letter; empty for what opens a connection, `byte` for the answer to a plea for TLS. */
  readonly type: string;
  readonly body: Buffer;
  /** Of the whole body. */
  readonly length: number;
}

export type OnMessage = (message: WireMessage) => void;

/** Of one message; the rest passes unread. */
const mostKept = 16_384;
/** PostgreSQL's own limit is 1 GiB. */
const mostLength = 1024 * 1024 * 1024 + 64;
/** What opens a connection is short. */
const mostOpening = 16_384;
const nothing = Buffer.alloc(0);

/**
 * Reads one direction of a connection as it passes, and cuts it into messages. Memory is bounded
 * whatever comes.
 */
export class MessageReader {
  readonly #onMessage: OnMessage;
  #kept: Buffer = nothing;
  #toSkip = 0;
  /** Messages without a letter still come first. */
  #opening: boolean;
  #bytesAwaited = 0;

  /** @param side a server begins with letters at once */
  constructor(side: 'program' | 'server', onMessage: OnMessage) {
    this.#onMessage = onMessage;
    this.#opening = side === 'program';
  }

  /** The connection is open: from the next message on they have letters. */
  opened(): void {
    this.#opening = false;
  }

  /** One byte comes before the next message. */
  awaitByte(): void {
    this.#bytesAwaited += 1;
  }

  /** @throws RangeError where it is not the protocol; nothing more can be read then */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#toSkip > 0) {
        const skipped = Math.min(this.#toSkip, chunk.length - at);
        this.#toSkip -= skipped;
        at += skipped;
      } else if (this.#kept.length > 0) at = this.#continue(chunk, at);
      else at = this.#begin(chunk, at);
    }
  }

  #begin(chunk: Buffer, at: number): number {
    if (this.#bytesAwaited > 0) {
      this.#bytesAwaited -= 1;
      // A server too old to know the question answers with an error, which is a message.
      if (chunk[at] !== 0x45) {
        this.#onMessage({ type: 'byte', body: chunk.subarray(at, at + 1), length: 1 });
        return at + 1;
      }
    }
    const wanted = this.#wanted(chunk, at);
    if (chunk.length - at < wanted) {
      this.#kept = Buffer.from(chunk.subarray(at));
      return chunk.length;
    }
    this.#tell(chunk.subarray(at, at + wanted));
    return at + wanted;
  }

  #continue(chunk: Buffer, at: number): number {
    const before = this.#wanted(this.#kept, 0);
    const part = chunk.subarray(at, at + before - this.#kept.length);
    this.#kept = Buffer.concat([this.#kept, part]);
    // Once its head is there, it is known how much more is wanted.
    if (this.#kept.length >= this.#wanted(this.#kept, 0)) {
      const whole = this.#kept;
      this.#kept = nothing;
      this.#tell(whole);
    }
    return at + part.length;
  }

  /** Bytes that have to be there before anything can be told: the head, or all that is kept. */
  #wanted(bytes: Buffer, at: number): number {
    const head = this.#opening ? 4 : 5;
    if (bytes.length - at < head) return head;
    return Math.min(this.#sizeOf(bytes, at), mostKept);
  }

  #sizeOf(bytes: Buffer, at: number): number {
    const letter = this.#opening ? 0 : 1;
    const length = bytes.readUInt32BE(at + letter);
    const most = this.#opening ? mostOpening : mostLength;
    if (length < 4 || length > most) throw new RangeError(`a message of ${length} bytes`);
    return length + letter;
  }

  #tell(bytes: Buffer): void {
    const letter = this.#opening ? 0 : 1;
    const size = this.#sizeOf(bytes, 0);
    this.#toSkip = size - bytes.length;
    this.#onMessage({
      type: letter === 0 ? '' : String.fromCharCode(bytes[0] ?? 0),
      body: bytes.subarray(letter + 4),
      length: size - letter - 4,
    });
  }
}
