import { readMethod, readProperties, type AmqpEvent } from './amqp-methods.js';

export type OnEvent = (channel: number, event: AmqpEvent) => void;

const methodFrame = 1;
const headerFrame = 2;
const frameEnd = 0xce;
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

  /** All that came was whole frames. */
  get isBetween(): boolean {
    return this.#length === 0;
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

/** `basic.cancel` without an answer, as either side says it. */
export function cancelFrame(channel: number, consumer: string): Buffer {
  const tag = Buffer.from(consumer);
  const payload = Buffer.concat([Buffer.from([0, 60, 0, 30, tag.length]), tag, Buffer.from([1])]);
  const head = Buffer.alloc(7);
  head.writeUInt8(methodFrame, 0);
  head.writeUInt16BE(channel, 1);
  head.writeUInt32BE(payload.length, 3);
  return Buffer.concat([head, payload, Buffer.from([frameEnd])]);
}

function sizeOfFirst(bytes: Buffer): number {
  // The client begins with eight bytes that are no frame; no frame has a type of 65.
  if (bytes.subarray(0, greeting.length).equals(greeting)) return 8;
  return bytes.readUInt32BE(3) + overhead;
}
