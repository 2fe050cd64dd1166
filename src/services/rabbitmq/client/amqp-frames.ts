import { readMethod, readProperties, type AmqpEvent } from './amqp-methods.js';

export type OnEvent = (channel: number, event: AmqpEvent) => void;

const methodFrame = 1;
const headerFrame = 2;
/** Type, channel and size before the payload, one byte after it. */
const overhead = 8;
const greeting = Buffer.from('AMQP');

/**
 * Reads one direction of a connection as it passes: cuts it into frames and tells of those that
 * move messages.
 */
export class FrameReader {
  readonly #onEvent: OnEvent;
  #parts: Buffer[] = [];
  #length = 0;
  /** Nothing can be read before so many bytes are there. */
  #needed = overhead;

  constructor(onEvent: OnEvent) {
    this.#onEvent = onEvent;
  }

  /** @throws RangeError where it is not AMQP; nothing more can be read then */
  push(chunk: Buffer): void {
    this.#parts.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    let bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts);
    for (;;) {
      this.#needed = bytes.length < overhead ? overhead : sizeOfFirst(bytes);
      if (bytes.length < this.#needed) break;
      this.#read(bytes.subarray(0, this.#needed));
      bytes = bytes.subarray(this.#needed);
    }
    this.#parts = bytes.length > 0 ? [bytes] : [];
    this.#length = bytes.length;
  }

  #read(frame: Buffer): void {
    if (frame.subarray(0, greeting.length).equals(greeting)) return;
    const channel = frame.readUInt16BE(1);
    const payload = frame.subarray(7, -1);
    if (frame[0] === methodFrame) {
      const event = readMethod(payload);
      if (event) this.#onEvent(channel, event);
    } else if (frame[0] === headerFrame) this.#onEvent(channel, readProperties(payload));
  }
}

function sizeOfFirst(bytes: Buffer): number {
  // The client begins with eight bytes that are no frame; no frame has a type of 65.
  if (bytes.subarray(0, greeting.length).equals(greeting)) return 8;
  return bytes.readUInt32BE(3) + overhead;
}
