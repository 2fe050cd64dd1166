import type { ObservedNote } from '../../kata/broker.js';
import type { Kata } from '../../kata/define.js';
import type { History } from '../../kata/history.js';
import { client } from '../../kata/sequence/index.js';
import type { SpanSeen } from '../../kata/telemetry.js';

/** Who talked to whom in a run, and of what. */
export interface Talk {
  readonly from: string;
  readonly to: string;
  /** `asks`: waits for an answer. `tells`: by a message. */
  readonly kind: 'asks' | 'tells';
  /** Of a message: where it waited. */
  readonly queue?: string;
  /** `POST /charges`, `StockReserved` */
  readonly what: string;
  readonly count: number;
}

/** The lane of what the lab plays outside of the system. */
export const outside = 'outside';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/**
 * As it was seen: clients' requests, messages on the broker, calls of what is outside. Whose a message
 * was, and who took it, spans say; where they don't, the contract does.
 */
export function talksOf(kata: Kata, history: History, strategy: string): Talk[] {
  const spans = new Map(history.spans.map((span) => [span.spanId, span]));
  const seen = [
    ...requestsIn(history),
    ...messagesIn(kata, history, strategy, spans),
    ...callsIn(history, spans),
  ];
  const counted = new Map<string, Talk>();
  for (const one of seen) {
    const key = JSON.stringify([one.kind, one.from, one.to, one.queue, one.what]);
    counted.set(key, { ...one, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return [...counted.values()];
}

type Seen = Omit<Talk, 'count'>;

function requestsIn(history: History): Seen[] {
  return history
    .operations()
    .flatMap(({ role, f }) =>
      role === undefined ? [] : [{ from: client, to: role, kind: 'asks' as const, what: f }],
    );
}

function messagesIn(
  { sequence, programs = {} }: Kata,
  history: History,
  strategy: string,
  spans: ReadonlyMap<string, SpanSeen>,
): Seen[] {
  const takers = takersOf(history.spans);
  const known = new Set<string>();
  return history.notes<ObservedNote>('observed').flatMap(({ value: { message } }) => {
    const { id, key: what, headers } = message;
    if (id !== '' && known.has(id)) return [];
    known.add(id);
    const agreed = sequence?.parties(what, strategy);
    const span = spanOf(headers, spans);
    const from = span?.service ?? agreed?.from;
    if (from === undefined) return [];
    const took = span === undefined ? [] : (takers.get(span.spanId) ?? []);
    const to = took.length > 0 ? took : (agreed?.to ?? []);
    return [...new Set(to)].map((role) => {
      const queue = programs[role]?.queue;
      return {
        from,
        to: role,
        kind: 'tells' as const,
        what,
        ...(queue !== undefined && { queue }),
      };
    });
  });
}

/** By the span that a message was sent in: the services with a span for an attempt at it. */
function takersOf(spans: readonly SpanSeen[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { kind, service, parentId, links } of spans) {
    if (kind !== 'consumer' || service === '') continue;
    for (const id of new Set([parentId, ...links.map(({ spanId }) => spanId)]))
      if (id !== undefined) found.set(id, [...(found.get(id) ?? []), service]);
  }
  return found;
}

function callsIn(history: History, spans: ReadonlyMap<string, SpanSeen>): Seen[] {
  return history.notes<Call>('upstream-call').flatMap(({ value: { method, path, headers } }) => {
    const from = spanOf(headers, spans)?.service;
    if (from === undefined) return [];
    return [{ from, to: outside, kind: 'asks' as const, what: `${method} ${routeOf(path)}` }];
  });
}

/** Whoever names no service is nobody. */
function spanOf(
  headers: Readonly<Record<string, unknown>>,
  spans: ReadonlyMap<string, SpanSeen>,
): SpanSeen | undefined {
  const { traceparent } = headers;
  if (typeof traceparent !== 'string') return undefined;
  const span = spans.get(traceparent.split('-')[2] ?? '');
  return span === undefined || span.service === '' ? undefined : span;
}

/** `/parcels/{id}` of what names one of many: a segment behind the first. */
function routeOf(path: string): string {
  const [first = '', ...others] = (path.split('?')[0] ?? '').split('/').slice(1);
  return ['', first, ...others.map(() => '{id}')].join('/');
}
