import type { AttributeValue, SpanEvent } from '../../../kata/telemetry.js';
import { BadExport } from './bad-export.js';
import { asNumber, attributesOf, most, shortened } from './limits.js';
import type { WireExport, WireSpan } from './span.js';

/**
 * Reads an ExportTraceServiceRequest in OTLP's JSON: names in lowerCamelCase, ids in hexadecimal,
 * 64 bits as decimal text, enumerations as integers; what it does not know is passed over.
 * @throws BadExport
 */
export function readJson(body: Uint8Array): WireExport[] {
  const request = objectAt(parsed(body), 'the body');
  const room = { spans: most.spans };
  const exported: WireExport[] = [];
  for (const [at, given] of listAt(request, 'resourceSpans', 'the body').entries()) {
    const one = resourceSpans(given, `resourceSpans[${at}]`, room);
    if (one.spans.length > 0 || one.leftOut > 0) exported.push(one);
  }
  return exported;
}

/** @param room how many spans are still taken of this export */
function resourceSpans(given: unknown, where: string, room: { spans: number }): WireExport {
  const one = objectAt(given, where);
  const resource = objectAt(one.resource ?? {}, `${where}.resource`);
  const spans: WireSpan[] = [];
  let leftOut = 0;
  for (const [n, scope] of listAt(one, 'scopeSpans', where).entries()) {
    const inScope = `${where}.scopeSpans[${n}]`;
    const listed = listAt(objectAt(scope, inScope), 'spans', inScope);
    const taken = listed.slice(0, room.spans);
    for (const [m, span] of taken.entries()) spans.push(wireSpan(span, `${inScope}.spans[${m}]`));
    room.spans -= taken.length;
    leftOut += listed.length - taken.length;
  }
  return { service: serviceOf(pairs(resource, `${where}.resource`)), spans, leftOut };
}

interface Given {
  readonly [field: string]: unknown;
  readonly resource?: unknown;
  readonly status?: unknown;
  readonly flags?: unknown;
  readonly value?: unknown;
  readonly boolValue?: unknown;
  readonly intValue?: unknown;
  readonly doubleValue?: unknown;
  readonly arrayValue?: unknown;
  readonly kvlistValue?: unknown;
}

/** Bytes of text, and objects and lists in it: `{}` takes ten times its bytes once it is read. */
const mostText = { bytes: 8 * 1_048_576, parts: 1_000_000 };

function parsed(body: Uint8Array): unknown {
  if (body.length > mostText.bytes) throw new BadExport(`JSON has at most ${mostText.bytes} bytes`);
  if (partsOf(body) > mostText.parts)
    throw new BadExport(`JSON has at most ${mostText.parts} objects and lists`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new BadExport(`no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function partsOf(body: Uint8Array): number {
  let parts = 0;
  for (const byte of body) if (byte === 0x7b || byte === 0x5b) parts += 1;
  return parts;
}

function wireSpan(given: unknown, where: string): WireSpan {
  const span = objectAt(given, where);
  const status = objectAt(span.status ?? {}, `${where}.status`);
  return {
    traceId: textAt(span, 'traceId', where),
    spanId: textAt(span, 'spanId', where),
    parentSpanId: textAt(span, 'parentSpanId', where),
    name: textAt(span, 'name', where),
    kind: enumAt(span, 'kind', where, spanKinds),
    startUs: microsAt(span, 'startTimeUnixNano', where),
    endUs: microsAt(span, 'endTimeUnixNano', where),
    statusCode: enumAt(status, 'code', `${where}.status`, statusCodes),
    statusMessage: textAt(status, 'message', `${where}.status`),
    flags: span.flags === undefined ? undefined : enumAt(span, 'flags', where, []),
    attributes: pairs(span, where),
    links: listAt(span, 'links', where)
      .slice(0, most.links)
      .map((one, n) => {
        const link = objectAt(one, `${where}.links[${n}]`);
        return { traceId: textAt(link, 'traceId', where), spanId: textAt(link, 'spanId', where) };
      }),
    events: listAt(span, 'events', where)
      .slice(0, most.events)
      .map((one, n) => spanEvent(one, `${where}.events[${n}]`)),
  };
}

function spanEvent(given: unknown, where: string): SpanEvent {
  const event = objectAt(given, where);
  return {
    name: shortened(textAt(event, 'name', where)),
    atUs: microsAt(event, 'timeUnixNano', where),
    attributes: attributesOf(pairs(event, where)),
  };
}

const spanKinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'].map(
  (name) => `SPAN_KIND_${name}`,
);
const statusCodes = ['STATUS_CODE_UNSET', 'STATUS_CODE_OK', 'STATUS_CODE_ERROR'];

function serviceOf(attributes: readonly (readonly [string, AttributeValue])[]): string {
  const [, named] = attributes.find(([key]) => key === 'service.name') ?? [];
  return typeof named === 'string' ? named : '';
}

function pairs(of: Given, where: string, field = 'attributes', depth = 0) {
  return listAt(of, field, where)
    .slice(0, most.attributes)
    .map((given, at): [string, AttributeValue] => {
      const pair = objectAt(given, `${where}.${field}[${at}]`);
      return [shortened(textAt(pair, 'key', where)), valueOf(pair.value, where, depth)];
    });
}

function valueOf(given: unknown, where: string, depth: number): AttributeValue {
  if (given === undefined || given === null || depth > most.depth) return null;
  const value = objectAt(given, `${where}: an attribute's value`);
  if ('stringValue' in value) return shortened(textAt(value, 'stringValue', where));
  if ('boolValue' in value) return value.boolValue === true;
  if ('intValue' in value) return wholeNumber(value.intValue, where);
  if ('doubleValue' in value) return asNumber(Number(value.doubleValue));
  if ('arrayValue' in value) {
    const list = objectAt(value.arrayValue ?? {}, where);
    return listAt(list, 'values', where)
      .slice(0, most.items)
      .map((one) => valueOf(one, where, depth + 1));
  }
  if ('kvlistValue' in value) {
    const list = objectAt(value.kvlistValue ?? {}, where);
    return attributesOf(pairs(list, where, 'values', depth + 1));
  }
  if ('bytesValue' in value) return shortened(textAt(value, 'bytesValue', where));
  return null;
}

function objectAt(value: unknown, where: string): Given {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Given;
  throw new BadExport(`${where} is no object`);
}

function listAt(of: Given, field: string, where: string): readonly unknown[] {
  const value = of[field] ?? [];
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new BadExport(`${field} of ${where} is no list`);
}

function textAt(of: Given, field: string, where: string): string {
  const value = of[field] ?? '';
  if (typeof value === 'string') return value;
  throw new BadExport(`${field} of ${where} is no text`);
}

/** An integer; the names that protobuf's own JSON uses are understood as well. */
function enumAt(of: Given, field: string, where: string, names: readonly string[]): number {
  const value = of[field] ?? 0;
  const number = typeof value === 'string' ? names.indexOf(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0) return number;
  throw new BadExport(`${field} of ${where} is no integer`);
}

function wholeNumber(value: unknown, where: string): number | string {
  const number = Number(digitsOf(value, where));
  return Number.isSafeInteger(number) ? number : digitsOf(value, where);
}

/** From nanoseconds. */
function microsAt(of: Given, field: string, where: string): number {
  const nanos = BigInt(digitsOf(of[field] ?? 0, `${field} of ${where}`));
  return Number(nanos / 1_000n) + Number(nanos % 1_000n) / 1_000;
}

function digitsOf(value: unknown, where: string): string {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text === 'string' && /^-?\d{1,20}$/.test(text)) return text;
  // Beyond 2^53 a number of JSON has lost its last digits already; what is left is still a time.
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 64)
    return BigInt(value).toString();
  throw new BadExport(`${where}: ${JSON.stringify(value).slice(0, 60)} is no integer of 64 bits`);
}
