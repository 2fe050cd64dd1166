import {
  noted,
  type DependencyAnswerNote,
  type DependencyCallNote,
  type History,
  type SpanSeen,
  type TelemetryNote,
} from '../../src/kata/index.js';
import type { Rows, Sent } from './notes.js';
import { names } from './contract.js';

/** All that is known of one order: what programs told of it, and what the lab saw. */
export interface OrderSeen extends Sent {
  readonly accepted: boolean;
  /** From the client's request to the row, by clocks that no program has; undefined without a row. */
  readonly outsideMs: number | undefined;
  readonly producer: SpanSeen | undefined;
  /** One an attempt, by when they began. */
  readonly attempts: readonly SpanSeen[];
  /** All of the worker's below them, by when they began. */
  readonly connects: readonly SpanSeen[];
  readonly calls: readonly SpanSeen[];
  readonly statements: readonly SpanSeen[];
  /** How long the warehouse had each of its calls, as the lab saw it from there. */
  readonly warehouseMs: readonly number[];
}

/** The orders of a run, as they were sent. */
export function ordersIn(history: History): OrderSeen[] {
  const { epochUs } = history.notes<TelemetryNote>('telemetry')[0]?.value ?? { epochUs: 0 };
  const rows = history.notes<Rows>('rows')[0]?.value.rows ?? [];
  const storedUs = new Map(rows.map(({ id, storedUs: at }) => [id, at]));
  const traces = tracesOf(history.spans);
  const atWarehouse = warehouseMsIn(history);
  return history.operations<Sent>('place').map(({ asked, outcome, start }) => {
    const at = storedUs.get(asked.order);
    const spans = traces.get(asked.order) ?? [];
    const named = (...wanted: readonly string[]) =>
      spans.filter(({ name }) => wanted.includes(name));
    return {
      ...asked,
      accepted: outcome === 'ok',
      outsideMs: at === undefined ? undefined : (at - epochUs - start) / 1000,
      producer: spans.find(({ kind }) => kind === 'producer'),
      attempts: spans.filter(({ kind }) => kind === 'consumer'),
      connects: named(names.connect),
      calls: named(names.reserve),
      statements: named(names.order, names.parcels),
      warehouseMs: atWarehouse.get(asked.order) ?? [],
    };
  });
}

/** By order: from each call to its answer. */
function warehouseMsIn(history: History): Map<string, number[]> {
  const answered = new Map(
    noted<DependencyAnswerNote>(history, 'dependency-answer').map(({ n, at }) => [n, at]),
  );
  const found = new Map<string, number[]>();
  for (const { n, path, at } of noted<DependencyCallNote>(history, 'dependency-call')) {
    const order = path.split('/').at(-1) ?? '';
    const until = answered.get(n);
    if (until !== undefined) found.set(order, [...(found.get(order) ?? []), (until - at) / 1_000]);
  }
  return found;
}

/** By the order that the server's span names: each has a trace of its own. */
function tracesOf(spans: readonly SpanSeen[]): Map<string, SpanSeen[]> {
  const all = new Map<string, SpanSeen[]>();
  for (const span of spans) {
    const of = all.get(span.traceId);
    if (of) of.push(span);
    else all.set(span.traceId, [span]);
  }
  const byOrder = new Map<string, SpanSeen[]>();
  for (const { kind, attributes, traceId } of spans)
    if (kind === 'server' && typeof attributes['order.id'] === 'string')
      byOrder.set(
        attributes['order.id'],
        (all.get(traceId) ?? []).toSorted((a, b) => a.startUs - b.startUs),
      );
  return byOrder;
}

export const msOf = ({ startUs, endUs }: SpanSeen): number => (endUs - startUs) / 1000;

/** From the end of the sending to the first attempt: what the queue had it. */
export function queuedMs({ producer, attempts: [first] }: OrderSeen): number | undefined {
  return producer && first && (first.startUs - producer.endUs) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
