import type protobuf from 'protobufjs/light.js';
import type { AttributeValue, SpanEvent } from '../../../kata/telemetry.js';
import { BadExport } from './bad-export.js';
import { asNumber, attributesOf, most, shortened } from './limits.js';
import { exportRequest } from './schema.js';
import type { WireExport, WireSpan } from './span.js';

/** Reads an ExportTraceServiceRequest. @throws BadExport */
export function readProtobuf(body: Uint8Array): WireExport[] {
  const request = decoded(body);
  return (request.resourceSpans ?? []).map(({ resource, scopeSpans = [] }) => ({
    service: serviceOf(resource?.attributes),
    spans: scopeSpans.flatMap(({ spans = [] }) => spans.map(wireSpan)),
  }));
}

/** 64 bits of an integer, as protobuf.js hands them on. */
type Long = protobuf.Long;

interface Request {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly KeyValue[] };
    readonly scopeSpans?: readonly { readonly spans?: readonly Span[] }[];
  }[];
}

interface Span {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly parentSpanId: Uint8Array;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: Long;
  readonly endTimeUnixNano: Long;
  readonly attributes?: readonly KeyValue[];
  readonly events?: readonly {
    readonly timeUnixNano: Long;
    readonly name: string;
    readonly attributes?: readonly KeyValue[];
  }[];
  readonly links?: readonly { readonly traceId: Uint8Array; readonly spanId: Uint8Array }[];
  readonly status?: { readonly message: string; readonly code: number } | null;
  readonly flags: number;
}

interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue | null;
}

interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: Long;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] };
  readonly bytesValue?: Uint8Array;
}

function decoded(body: Uint8Array): Request {
  try {
    return exportRequest.decode(body) as unknown as Request;
  } catch (error) {
    throw new BadExport(error instanceof Error ? error.message : String(error));
  }
}

/** Field by field: of thousands a second, a spread object costs more than all the rest. */
function wireSpan(span: Span): WireSpan {
  return {
    traceId: hex(span.traceId),
    spanId: hex(span.spanId),
    parentSpanId: hex(span.parentSpanId),
    name: span.name,
    kind: span.kind,
    startUs: micros(span.startTimeUnixNano),
    endUs: micros(span.endTimeUnixNano),
    statusCode: span.status?.code ?? 0,
    statusMessage: span.status?.message ?? '',
    // What does not come and what is 0 look alike on the wire: bits 8 and 9 tell whether it knows.
    flags: Object.hasOwn(span, 'flags') ? span.flags : undefined,
    attributes: pairs(span.attributes),
    links: (span.links ?? [])
      .slice(0, most.links)
      .map(({ traceId, spanId }) => ({ traceId: hex(traceId), spanId: hex(spanId) })),
    events: (span.events ?? []).slice(0, most.events).map((event): SpanEvent => ({
      name: shortened(event.name),
      atUs: micros(event.timeUnixNano),
      attributes: attributesOf(pairs(event.attributes)),
    })),
  };
}

function serviceOf(attributes: readonly KeyValue[] = []): string {
  const named = attributes.find(({ key }) => key === 'service.name')?.value;
  return named?.stringValue ?? '';
}

function pairs(given: readonly KeyValue[] = [], depth = 0): [string, AttributeValue][] {
  return given
    .slice(0, most.attributes)
    .map(({ key, value }) => [shortened(key), valueOf(value, depth)]);
}

/** Of the fields that a value may have, one has come. */
function valueOf(value: AnyValue | null | undefined, depth: number): AttributeValue {
  if (value === null || value === undefined || depth > most.depth) return null;
  const has = (field: keyof AnyValue): boolean => Object.hasOwn(value, field);
  if (has('stringValue')) return shortened(String(value.stringValue));
  if (has('boolValue')) return value.boolValue === true;
  if (has('intValue')) return wholeNumber(value.intValue);
  if (has('doubleValue')) return asNumber(Number(value.doubleValue));
  if (has('arrayValue')) return listOf(value.arrayValue?.values, depth + 1);
  if (has('kvlistValue')) return attributesOf(pairs(value.kvlistValue?.values, depth + 1));
  return has('bytesValue') ? shortened(base64(value.bytesValue)) : null;
}

function listOf(values: readonly AnyValue[] = [], depth: number): AttributeValue {
  return values.slice(0, most.items).map((one) => valueOf(one, depth));
}

function wholeNumber(value: Long | undefined): number | string {
  if (value === undefined) return 0;
  const number = value.high * 4_294_967_296 + (value.low >>> 0);
  if (Number.isSafeInteger(number)) return number;
  return ((BigInt(value.high) << 32n) | BigInt(value.low >>> 0)).toString();
}

/** From nanoseconds; a double holds the microseconds of today to a quarter. */
function micros({ low, high }: Long): number {
  return (high >>> 0) * 4_294_967.296 + (low >>> 0) / 1_000;
}

function hex(bytes: Uint8Array): string {
  return bytes.length > 32 ? 'too long' : Buffer.from(bytes).toString('hex');
}

function base64(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('base64');
}
