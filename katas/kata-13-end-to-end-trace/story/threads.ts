import type { SpanSeen, Text } from '../../../src/kata/index.js';
import { orderAttribute } from '../contract.js';
import type { Placed } from '../story.js';

export const isWatched = ({ context }: Placed): boolean => context !== 'not-sampled';

/** Whether all parts of an order's thread hang together, and nothing else does. */
export function isWhole(one: Placed): boolean {
  return cutOf(one) === undefined;
}

/** Where the thread of an order is cut; undefined where it is whole. */
export function cutOf({ graphs, order }: Placed): Text | undefined {
  const [graph, ...others] = graphs;
  if (!graph)
    return {
      en: `no span has the attribute order.id ${order}`,
      es: `ningún span lleva el atributo order.id ${order}`,
    };
  const missing = missingIn({ graphs });
  if (others.length > 0)
    return {
      en: `its spans are ${graphs.length} graphs that nothing joins: ${graphs.map(shown).join(' | ')}`,
      es: `sus spans son ${graphs.length} grafos que nada une: ${graphs.map(shown).join(' | ')}`,
    };
  if (missing)
    return {
      en: `${missing.en} is not in its graph, which has ${shown(graph)}`,
      es: `en su grafo, que tiene ${shown(graph)}, falta ${missing.es}`,
    };
  const [orphan] = graph.orphans;
  if (orphan)
    return {
      en: `the parent ${orphan.parentId ?? ''} of "${orphan.name}" (${orphan.service}) was never told`,
      es: `el padre ${orphan.parentId ?? ''} de "${orphan.name}" (${orphan.service}) no se contó nunca`,
    };
  return passedOver(graph.spans) ?? strangerIn(graph.spans, order);
}

export function missingIn({ graphs }: Pick<Placed, 'graphs'>): Text | undefined {
  const all = graphs.flatMap(({ spans }) => spans);
  const missing = parts.find(
    ([service, kind]) => !all.some((span) => span.service === service && span.kind === kind),
  );
  return missing?.[2];
}

/** Upwards from the consumer the first span of the edge is to be the producer. */
function passedOver(spans: readonly SpanSeen[]): Text | undefined {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const seen = new Set<string>();
  const firstOfEdge = (span: SpanSeen): SpanSeen[] => {
    if (seen.has(span.spanId)) return [];
    seen.add(span.spanId);
    if (span.service === 'api') return [span];
    const above = [span.parentId ?? '', ...span.links.map(({ spanId }) => spanId)];
    return above.flatMap((id) => byId.get(id) ?? []).flatMap(firstOfEdge);
  };
  const consumers = spans.filter(
    ({ kind, service }) => kind === 'consumer' && service === 'worker',
  );
  const found = consumers.flatMap(firstOfEdge);
  if (found.some(({ kind }) => kind === 'producer')) return undefined;
  const [first] = found;
  return {
    en: `the consumer's span hangs on "${first?.name ?? '?'}" of api, which is no producer`,
    es: `el span de consumidor cuelga de "${first?.name ?? '?'}" de api, que no es un productor`,
  };
}

/** Two requests in one graph: their contexts were mixed up. */
function strangerIn(spans: readonly SpanSeen[], order: string): Text | undefined {
  const stranger = spans.find(({ attributes }) => {
    const of = attributes[orderAttribute];
    return typeof of === 'string' && of !== order;
  });
  const whose = stranger?.attributes[orderAttribute];
  if (!stranger || typeof whose !== 'string') return undefined;
  return {
    en: `the span "${stranger.name}" in its graph is of ${whose}`,
    es: `el span "${stranger.name}" de su grafo es de ${whose}`,
  };
}

function shown({ spans }: { readonly spans: readonly SpanSeen[] }): string {
  const names = spans.slice(0, 6).map(({ service, name }) => `${service}: ${name}`);
  return names.join(', ') + (spans.length > 6 ? ', …' : '');
}

/** What each order's thread is made of. */
const parts = [
  ['api', 'server', { en: 'the server span of api', es: 'el span de servidor de api' }],
  ['api', 'producer', { en: 'the producer span of api', es: 'el span de productor de api' }],
  [
    'worker',
    'consumer',
    { en: 'the consumer span of worker', es: 'el span de consumidor de worker' },
  ],
  [
    'worker',
    'client',
    { en: 'the database span of worker', es: 'el span de base de datos de worker' },
  ],
] as const satisfies readonly (readonly [string, SpanSeen['kind'], Text])[];
