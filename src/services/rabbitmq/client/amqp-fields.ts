import type { Arguments } from '../../../kata/broker-tap.js';

/** Reads values of AMQP 0-9-1 one after the other. @throws RangeError past the end */
export class FieldReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  octet(): number {
    return this.#bytes.readUInt8(this.#step(1));
  }

  short(): number {
    return this.#bytes.readUInt16BE(this.#step(2));
  }

  long(): number {
    return this.#bytes.readUInt32BE(this.#step(4));
  }

  /** Delivery tags are counted from 1: far below what a number can hold. */
  longLong(): number {
    return Number(this.#bytes.readBigUInt64BE(this.#step(8)));
  }

  shortText(): string {
    return this.#taken(this.octet()).toString();
  }

  /** A field table, in values that JSON can hold. */
  table(): Arguments {
    const inside = new FieldReader(this.#taken(this.long()));
    const entries: [string, unknown][] = [];
    while (!inside.#atEnd()) entries.push([inside.shortText(), inside.#value()]);
    return Object.fromEntries(entries);
  }

  #value(): unknown {
    const type = String.fromCharCode(this.octet());
    const bytes = this.#bytes;
    switch (type) {
      case 't':
        return this.octet() !== 0;
      case 'b':
        return bytes.readInt8(this.#step(1));
      case 'B':
        return this.octet();
      case 's':
        return bytes.readInt16BE(this.#step(2));
      case 'u':
        return this.short();
      case 'I':
        return bytes.readInt32BE(this.#step(4));
      case 'i':
        return this.long();
      case 'l':
        return Number(bytes.readBigInt64BE(this.#step(8)));
      case 'L':
      case 'T':
        return this.longLong();
      default:
        return this.#longValue(type);
    }
  }

  #longValue(type: string): unknown {
    switch (type) {
      case 'f':
        return this.#bytes.readFloatBE(this.#step(4));
      case 'd':
        return this.#bytes.readDoubleBE(this.#step(8));
      case 'D': {
        const scale = this.octet();
        return this.#bytes.readInt32BE(this.#step(4)) / 10 ** scale;
      }
      case 'S':
        return this.#taken(this.long()).toString();
      case 'x':
        return this.#taken(this.long()).toString('base64');
      case 'A':
        return this.#array();
      case 'F':
        return this.table();
      case 'V':
        return null;
      default:
        throw new RangeError(`no field type of AMQP: ${type}`);
    }
  }

  #array(): unknown[] {
    const inside = new FieldReader(this.#taken(this.long()));
    const values: unknown[] = [];
    while (!inside.#atEnd()) values.push(inside.#value());
    return values;
  }

  #atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  #taken(length: number): Buffer {
    const from = this.#step(length);
    return this.#bytes.subarray(from, from + length);
  }

  #step(length: number): number {
    const from = this.#at;
    if (from + length > this.#bytes.length) throw new RangeError('the frame is too short');
    this.#at += length;
    return from;
  }
}
