import {
  graphsOf,
  type History,
  type ObservedNote,
  type Received,
  type Settled,
  type SpanGraph,
  type SpanLink,
  type SpanSeen,
} from '../../src/kata/index.js';
import { orderAttribute, orderPattern, orderPlaced } from './contract.js';
import type { PanelsNote } from './contract/panels.js';
import { sloOf, type SloStory } from './story/slo.js';
import type {
  Accepted,
  Again,
  Held,
  LogNote,
  Rows,
  Scraped,
  Sent,
  StoppedNote,
  Strayed,
  Unconfirmed,
} from './notes.js';

/** One order that was taken, with all that is known of it. */
export interface Placed extends Sent {
  readonly requestIdSaid: string | null;
  /** Microseconds since the case began, and how long the client waited. */
  readonly start: number;
  readonly tookMs: number;
  readonly line: number;
  /** As the lab heard it at the broker. */
  readonly message: (Received & { readonly line: number }) | undefined;
  /** Lines of either role's log that name it. */
  readonly logs: readonly LogLine[];
  /** The graphs in which a span is of this order's. */
  readonly graphs: readonly SpanGraph[];
  readonly row: Rows['rows'][number] | undefined;
}

export interface LogLine {
  readonly role: string;
  readonly text: string;
  /** Undefined where it is no JSON object. */
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

export interface Story {
  readonly placed: readonly Placed[];
  readonly spans: readonly SpanSeen[];
  readonly scraped: readonly (Scraped & { readonly line: number })[];
  readonly held: (Held & { readonly line: number }) | undefined;
  readonly stopped: readonly (StoppedNote & { readonly line: number })[];
  /** What became of deliveries, at the broker. */
  readonly settled: readonly Settled[];
  readonly strays: number;
  /** Requests that are no orders, and the request id of each answer. */
  readonly refused: readonly Refused[];
  /** Orders whose message the lab put into the queue once more. */
  readonly again: ReadonlySet<string>;
  readonly unconfirmed: (Unconfirmed & { readonly line: number }) | undefined;
  /** Orders of which nobody knows whether they were taken. */
  readonly uncertain: number;
  readonly played: (act: string) => boolean;
  /** With `--slo on`. */
  readonly slo: SloStory | undefined;
  readonly panels: PanelsNote | undefined;
  /** Nothing of the experiment was: its only act needs an option that was not given. */
  readonly isEmpty: boolean;
}

interface Refused {
  readonly what: string;
  readonly requestId: string | null;
  readonly line: number;
}

export function readStory(history: History): Story {
  const operations = history.operations<Sent, Accepted>('place');
  const graphs = graphsOf(history.spans, clientsIn(operations.map(({ asked }) => asked)));
  const byOrder = graphsByOrder(graphs);
  const rows = history.notes<Rows>('rows').flatMap(({ value }) => value.rows);
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const logs = logsByOrder(history);
  const messages = messagesByOrder(history);
  const acts = new Set(history.notes<{ act: string }>('act-began').map(({ value }) => value.act));
  const withLine = <T extends object>(f: string): (T & { readonly line: number })[] =>
    history.notes<T>(f).map(({ value, line }) => ({ ...value, line }));
  return {
    placed: operations.flatMap(({ outcome, asked, answer, start, end, completedOn, invokedOn }) =>
      outcome === 'ok' && answer
        ? [
            {
              ...asked,
              requestIdSaid: answer.requestId,
              ...{ start, tookMs: (end - start) / 1000, line: completedOn ?? invokedOn },
              message: messages.get(asked.order),
              logs: logs.get(asked.order.match(orderPattern)?.[0] ?? '') ?? [],
              graphs: byOrder.get(asked.order) ?? [],
              row: rowOf.get(asked.order),
            },
          ]
        : [],
    ),
    spans: history.spans,
    scraped: withLine<Scraped>('scraped'),
    held: withLine<Held>('held')[0],
    stopped: withLine<StoppedNote>('stopped'),
    settled: history.notes<Settled>('amqp-settled').map(({ value }) => value),
    strays: history.notes<Strayed>('strayed')[0]?.value.answered ?? 0,
    refused: history
      .operations<{ what: string }, { requestId: string | null }>('refused')
      .flatMap(({ outcome, asked, answer, completedOn, invokedOn }) =>
        outcome === 'ok' && answer
          ? [{ ...asked, requestId: answer.requestId, line: completedOn ?? invokedOn }]
          : [],
      ),
    again: new Set(history.notes<Again>('again').map(({ value }) => value.order)),
    unconfirmed: withLine<Unconfirmed>('unconfirmed')[0],
    uncertain: operations.filter(({ outcome }) => outcome === 'unknown').length,
    played: (act) => acts.has(act),
    slo: sloOf(history),
    panels: history.notes<PanelsNote>('panels')[0]?.value,
    isEmpty: acts.size === 0,
  };
}

/** `00-<trace>-<span>-<flags>`, of whichever version. */
export function contextIn(
  traceparent: string | undefined,
): (SpanLink & { flags: number }) | undefined {
  const [, traceId, spanId, flags] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}

export const isSampled = (flags: number): boolean => (flags & 1) === 1;

/** Text of a header of a message, whichever way the client writes texts. */
export function headerOf({ headers }: Received, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Valid contexts that clients sent: their spans are theirs to tell. */
function clientsIn(sent: readonly Sent[]): SpanLink[] {
  return sent.flatMap(({ context, traceparent }) => {
    const isValid = context !== 'none' && context !== 'invalid';
    const of = isValid ? contextIn(traceparent) : undefined;
    return of === undefined ? [] : [{ traceId: of.traceId, spanId: of.spanId }];
  });
}

function graphsByOrder(graphs: readonly SpanGraph[]): Map<string, SpanGraph[]> {
  const found = new Map<string, SpanGraph[]>();
  for (const graph of graphs) {
    const orders = new Set(graph.spans.map(({ attributes }) => attributes[orderAttribute]));
    for (const order of orders)
      if (typeof order === 'string') found.set(order, [...(found.get(order) ?? []), graph]);
  }
  return found;
}

function logsByOrder(history: History): Map<string, LogLine[]> {
  const found = new Map<string, LogLine[]>();
  for (const { value } of history.notes<LogNote>('log'))
    for (const text of value.told) {
      const line = { role: value.role, text, fields: fieldsIn(text) };
      for (const order of new Set(text.match(orderPattern) ?? []))
        found.set(order, [...(found.get(order) ?? []), line]);
    }
  return found;
}

function fieldsIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function messagesByOrder(history: History): Map<string, Received & { readonly line: number }> {
  const found = new Map<string, Received & { readonly line: number }>();
  for (const { value, line } of history.notes<ObservedNote>('observed')) {
    const { key, body } = value.message;
    const { order } = (body ?? {}) as { order?: unknown };
    if (key !== orderPlaced || typeof order !== 'string' || found.has(order)) continue;
    found.set(order, { ...value.message, line });
  }
  return found;
}
