import type { SpanGraph } from '../evidence/span-graphs.js';
import type { SpanSeen } from '../telemetry.js';
import type { Gap, TracedSpan } from './types.js';

interface Traced {
  readonly spans: readonly TracedSpan[];
  readonly totalMs: number;
  readonly gaps: readonly Gap[];
}

/** The spans of these graphs in one picture, and where it has gaps. */
export function traced(graphs: readonly SpanGraph[]): Traced {
  const sorted = graphs.toSorted((a, b) => startOf(a) - startOf(b));
  const all = sorted.flatMap(({ spans }) => spans);
  const from = Math.min(...all.map(({ startUs }) => startUs));
  const tops = sorted.map((graph) => inOrder(graph.spans, from));
  const cuts = tops
    .slice(1)
    .flatMap(([first]): Gap[] =>
      first ? [{ kind: 'cut', ...placeOf(first), traceId: first.traceId }] : [],
    );
  const orphans = sorted.flatMap(({ orphans: of }) =>
    of
      .filter((span) => span.kind !== 'server')
      .map((span): Gap => ({
        ...{ kind: 'orphan', ...placeOf(span) },
        parentId: span.parentId ?? '',
      })),
  );
  const totalMs = all.length === 0 ? 0 : (Math.max(...all.map(({ endUs }) => endUs)) - from) / 1000;
  return { spans: tops.flat(), totalMs, gaps: [...cuts, ...orphans] };
}

const startOf = ({ spans }: SpanGraph): number => spans[0]?.startUs ?? 0;

const placeOf = ({ service, name: span }: Pick<SpanSeen, 'service' | 'name'>) => ({
  service,
  span,
});

/** Each right below its parent, children by when they began. */
function inOrder(spans: readonly SpanSeen[], from: number): TracedSpan[] {
  const known = new Map(spans.map((span) => [keyOf(span.traceId, span.spanId), span]));
  const below = new Map<SpanSeen | undefined, SpanSeen[]>();
  for (const span of spans) {
    const above = aboveOf(span, known);
    const siblings = below.get(above);
    if (siblings) siblings.push(span);
    else below.set(above, [span]);
  }
  const done = new Set<SpanSeen>();
  const walk = (span: SpanSeen, depth: number): TracedSpan[] => {
    // Links may go round in a circle.
    if (done.has(span)) return [];
    done.add(span);
    const children = below.get(span) ?? [];
    return [shown(span, depth, from, known), ...children.flatMap((one) => walk(one, depth + 1))];
  };
  const fromTop = (below.get(undefined) ?? []).flatMap((span) => walk(span, 0));
  return [...fromTop, ...spans.flatMap((span) => walk(span, 0))];
}

function aboveOf(span: SpanSeen, known: ReadonlyMap<string, SpanSeen>): SpanSeen | undefined {
  const parent = known.get(keyOf(span.traceId, span.parentId ?? ''));
  if (parent) return parent;
  const linked = span.links.flatMap(
    ({ traceId, spanId }) => known.get(keyOf(traceId, spanId)) ?? [],
  );
  return linked.find((one) => one !== span);
}

function shown(
  span: SpanSeen,
  depth: number,
  from: number,
  known: ReadonlyMap<string, SpanSeen>,
): TracedSpan {
  const { service, name, kind, traceId, spanId, startUs, endUs, status, message } = span;
  const isLinked =
    !known.has(keyOf(traceId, span.parentId ?? '')) && aboveOf(span, known) !== undefined;
  return {
    ...{ service, name, kind, traceId, spanId, depth },
    ...(isLinked && { isLinked: true as const }),
    ...{ startMs: (startUs - from) / 1000, ms: (endUs - startUs) / 1000, status },
    ...(message !== undefined && { message }),
  };
}

const keyOf = (traceId: string, spanId: string): string => `${traceId}/${spanId}`;
