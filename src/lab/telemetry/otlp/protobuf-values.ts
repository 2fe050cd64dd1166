import type protobuf from 'protobufjs/light.js';
import type { AttributeValue } from '../../../kata/telemetry.js';
import { asNumber, attributesOf, most, shortened } from './limits.js';

export type Reader = protobuf.Reader;
export type Pair = [key: string, value: AttributeValue];

/** Where the message ends whose length comes next. @throws Error where that is past the last byte */
export function within(reader: Reader): number {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError(`a message of ${length} bytes is cut off`);
  return end;
}

/** A KeyValue. */
export function pairAt(reader: Reader, depth = 0): Pair {
  const pair: Pair = ['', null];
  const end = within(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === 0x0a) pair[0] = shortened(reader.string());
    else if (tag === 0x12) pair[1] = valueAt(reader, depth);
    else reader.skipType(tag & 7);
  }
  return pair;
}

/** An AnyValue: of the fields that it may have, the last one counts. */
function valueAt(reader: Reader, depth: number): AttributeValue {
  let value: AttributeValue = null;
  const end = within(reader);
  if (depth > most.depth) reader.pos = end;
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === 0x0a) value = shortened(reader.string());
    else if (tag === 0x10) value = reader.bool();
    else if (tag === 0x18) value = wholeNumber(reader.int64());
    else if (tag === 0x21) value = asNumber(reader.double());
    else if (tag === 0x2a) value = itemsAt(reader, depth + 1, valueAt);
    else if (tag === 0x32) value = attributesOf(itemsAt(reader, depth + 1, pairAt));
    else if (tag === 0x3a) value = shortened(Buffer.from(reader.bytes()).toString('base64'));
    else reader.skipType(tag & 7);
  }
  return value;
}

/** An ArrayValue, or a KeyValueList. */
function itemsAt<T>(
  reader: Reader,
  depth: number,
  read: (reader: Reader, depth: number) => T,
): T[] {
  const items: T[] = [];
  const end = within(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === 0x0a && items.length < most.items) items.push(read(reader, depth));
    else reader.skipType(tag & 7);
  }
  return items;
}

/** 64 bits of an integer, as protobuf.js hands them on: a number only where a library is missing. */
function wholeNumber(long: protobuf.Long | number): number | string {
  if (typeof long === 'number') return long;
  const number = long.high * 4_294_967_296 + (long.low >>> 0);
  if (Number.isSafeInteger(number)) return number;
  return ((BigInt(long.high) << 32n) | BigInt(long.low >>> 0)).toString();
}

/** From nanoseconds, the low half first; a double holds the microseconds of today to a quarter. */
export function microsAt(reader: Reader): number {
  const low = reader.fixed32();
  return reader.fixed32() * 4_294_967.296 + low / 1_000;
}

export function hexAt(reader: Reader): string {
  const bytes = reader.bytes();
  return bytes.length > 32 ? 'too long' : Buffer.from(bytes).toString('hex');
}
