import type { AttributeValue, SpanEvent, SpanFault, SpanSeen } from '../../../kata/telemetry.js';
import { attributesOf, idOf, isNoId, kinds, shortened, statuses } from './limits.js';

/** A span as it stood on the wire, whichever encoding it came in. */
export interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly flags: number | undefined;
  readonly attributes: Iterable<readonly [string, AttributeValue]>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly events: readonly SpanEvent[];
}

/** All that one export tells, by who told it. */
export interface WireExport {
  readonly service: string;
  readonly spans: readonly WireSpan[];
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
