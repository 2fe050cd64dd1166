import protobuf from 'protobufjs/light.js';
import type { SpanEvent } from '../../../kata/telemetry.js';
import { BadExport } from './bad-export.js';
import { attributesOf, most, shortened } from './limits.js';
import { hexAt, microsAt, pairAt, within, type Pair, type Reader } from './protobuf-values.js';
import { noSpan, type WireExport, type WireSpan } from './span.js';

/**
 * Reads an ExportTraceServiceRequest field by field, by the numbers in schema.ts: what is past a limit is
 * stepped over and never unfolded, for two bytes are enough to ask for an object.
 * @throws BadExport
 */
export function readProtobuf(body: Uint8Array): WireExport[] {
  const reader = protobuf.Reader.create(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  try {
    return exportAt(reader);
  } catch (error) {
    throw new BadExport(error instanceof Error ? error.message : String(error));
  }
}

function exportAt(reader: Reader): WireExport[] {
  const room = { spans: most.spans };
  const exported: WireExport[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag !== message(1)) {
      reader.skipType(tag & 7);
      continue;
    }
    const one = resourceSpansAt(reader, room);
    if (one.spans.length > 0 || one.leftOut > 0) exported.push(one);
  }
  return exported;
}

/** The tag of a field of any length: a message, a text, bytes. */
const message = (field: number): number => field * 8 + 2;

interface Room {
  /** That are still taken of this export. */
  spans: number;
}

interface Unfolding {
  service: string;
  readonly spans: WireSpan[];
  leftOut: number;
}

function resourceSpansAt(reader: Reader, room: Room): WireExport {
  const one: Unfolding = { service: '', spans: [], leftOut: 0 };
  const end = within(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === message(1)) one.service = serviceAt(reader);
    else if (tag === message(2)) scopeSpansAt(reader, one, room);
    else reader.skipType(tag & 7);
  }
  return one;
}

function scopeSpansAt(reader: Reader, one: Unfolding, room: Room): void {
  const end = within(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag !== message(2)) reader.skipType(tag & 7);
    else if (room.spans > 0) {
      room.spans -= 1;
      one.spans.push(spanAt(reader));
    } else {
      one.leftOut += 1;
      reader.skipType(2);
    }
  }
}

function serviceAt(reader: Reader): string {
  let service = '';
  const pairs = fieldsAt(reader, message(1), most.attributes, pairAt);
  for (const [key, value] of pairs)
    if (key === 'service.name' && typeof value === 'string') service = value;
  return service;
}

/** Of thousands a second: an object is made once, and its fields are set as they come. */
function spanAt(reader: Reader): WireSpan {
  const span = noSpan();
  const attributes: Pair[] = [];
  const end = within(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (isPlainAt(reader, tag, span)) continue;
    if (tag === message(9) && attributes.length < most.attributes) attributes.push(pairAt(reader));
    else if (tag === message(11) && span.events.length < most.events)
      span.events.push(eventAt(reader));
    else if (tag === message(13) && span.links.length < most.links) span.links.push(linkAt(reader));
    else if (tag === message(15)) statusAt(reader, span);
    else reader.skipType(tag & 7);
  }
  span.attributes = attributes;
  return span;
}

/** Whether it was a field of one value; that is set then. */
function isPlainAt(reader: Reader, tag: number, span: WireSpan): boolean {
  if (tag === message(1)) span.traceId = hexAt(reader);
  else if (tag === message(2)) span.spanId = hexAt(reader);
  else if (tag === message(4)) span.parentSpanId = hexAt(reader);
  else if (tag === message(5)) span.name = reader.string();
  else if (tag === 6 * 8) span.kind = reader.int32();
  else if (tag === 7 * 8 + 1) span.startUs = microsAt(reader);
  else if (tag === 8 * 8 + 1) span.endUs = microsAt(reader);
  // What does not come and what is 0 look alike on the wire: bits 8 and 9 tell whether it knows.
  else if (tag === 16 * 8 + 5) span.flags = reader.fixed32();
  else return false;
  return true;
}

function statusAt(reader: Reader, span: WireSpan): void {
  const end = within(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === message(2)) span.statusMessage = reader.string();
    else if (tag === 3 * 8) span.statusCode = reader.int32();
    else reader.skipType(tag & 7);
  }
}

function linkAt(reader: Reader): WireSpan['links'][number] {
  const link = { traceId: '', spanId: '' };
  const end = within(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === message(1)) link.traceId = hexAt(reader);
    else if (tag === message(2)) link.spanId = hexAt(reader);
    else reader.skipType(tag & 7);
  }
  return link;
}

function eventAt(reader: Reader): SpanEvent {
  let [name, atUs] = ['', 0];
  const attributes: Pair[] = [];
  const end = within(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === 1 * 8 + 1) atUs = microsAt(reader);
    else if (tag === message(2)) name = shortened(reader.string());
    else if (tag === message(3) && attributes.length < most.attributes)
      attributes.push(pairAt(reader));
    else reader.skipType(tag & 7);
  }
  return { name, atUs, attributes: attributesOf(attributes) };
}

/** At most so many of one field; all else is stepped over. */
function fieldsAt<T>(
  reader: Reader,
  wanted: number,
  atMost: number,
  read: (reader: Reader) => T,
): T[] {
  const found: T[] = [];
  const end = within(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === wanted && found.length < atMost) found.push(read(reader));
    else reader.skipType(tag & 7);
  }
  return found;
}
