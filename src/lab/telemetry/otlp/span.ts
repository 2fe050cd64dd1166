import type { AttributeValue, SpanEvent, SpanFault, SpanSeen } from '../../../kata/telemetry.js';
import { attributesOf, idOf, isNoId, kinds, shortened, statuses } from './limits.js';

/** A span as it stood on the wire, whichever encoding it came in. */
export interface WireSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  startUs: number;
  endUs: number;
  statusCode: number;
  statusMessage: string;
  flags: number | undefined;
  attributes: readonly (readonly [string, AttributeValue])[];
  readonly links: { readonly traceId: string; readonly spanId: string }[];
  readonly events: SpanEvent[];
}

/** One of which nothing has come. Of thousands a second, a spread object costs more than all the rest. */
export function noSpan(): WireSpan {
  return {
    traceId: '',
    spanId: '',
    parentSpanId: '',
    name: '',
    kind: 0,
    startUs: 0,
    endUs: 0,
    statusCode: 0,
    statusMessage: '',
    flags: undefined,
    attributes: [],
    links: [],
    events: [],
  };
}

/** All that one export tells, by who told it. */
export interface WireExport {
  readonly service: string;
  readonly spans: readonly WireSpan[];
  /** Spans past what one export may have. */
  readonly leftOut: number;
}

/** The span, or why it is none. A link that leads nowhere is left out. */
export function spanOf(service: string, wire: WireSpan): SpanSeen | SpanFault {
  const traceId = idOf(wire.traceId, 16);
  if (traceId === undefined) return 'bad-trace-id';
  const spanId = idOf(wire.spanId, 8);
  if (spanId === undefined) return 'bad-span-id';
  const parentId = isNoId(wire.parentSpanId) ? null : idOf(wire.parentSpanId, 8);
  if (parentId === undefined) return 'bad-parent-id';
  return {
    service: shortened(service),
    traceId,
    spanId,
    ...(parentId !== null && { parentId }),
    name: shortened(wire.name),
    kind: kinds[wire.kind] ?? 'unspecified',
    startUs: wire.startUs,
    endUs: wire.endUs,
    status: statuses[wire.statusCode] ?? 'unset',
    ...(wire.statusMessage !== '' && { message: shortened(wire.statusMessage) }),
    ...(wire.flags !== undefined && { flags: wire.flags }),
    attributes: attributesOf(wire.attributes),
    links: wire.links.flatMap((link) => {
      const [trace, span] = [idOf(link.traceId, 16), idOf(link.spanId, 8)];
      return trace === undefined || span === undefined ? [] : [{ traceId: trace, spanId: span }];
    }),
    events: wire.events,
  };
}
