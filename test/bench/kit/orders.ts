import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { grouped } from '../../../src/kata/index.js';
import { median } from './measure.js';

interface Seen {
  readonly name: string;
  readonly order: string;
  /** Microseconds. */
  readonly at: number;
}

/** What a run of one load says of where its time went; the means are an order's. */
export interface Work {
  readonly orders: number;
  readonly messages: number;
  /** By what made them: service and kind. */
  readonly spans: Readonly<Record<string, number>>;
  /** Processor time of each service, its start included, milliseconds. */
  readonly cpuMs: Readonly<Record<string, number>>;
  /** Median milliseconds from one message of an order to its next. */
  readonly steps: readonly (readonly [step: string, ms: number])[];
}

/** @param folder of the run · @param slug of its only case */
export async function workOf(folder: string, slug: string): Promise<Work> {
  const events = linesOf(await readFile(path.join(folder, 'history.jsonl'), 'utf8'));
  const ends = events.filter(({ f }) => f === 'load-begins' || f === 'load-ends');
  const [from = 0, to = Number.POSITIVE_INFINITY] = ends.map(({ at }) => at);
  const seen = events.flatMap((event) => messageIn(event) ?? []);
  const byOrder = grouped(
    seen.filter(({ at }) => at >= from && at <= to),
    ({ order }) => order,
  );
  const orders = byOrder.size;
  const each = (count: number): number => count / orders;
  return {
    orders,
    messages: each([...byOrder.values()].flat().length),
    spans: counted(await spansIn(folder, slug), [...byOrder.keys()]),
    cpuMs: Object.fromEntries(
      events.flatMap(({ f, value: { role, cpuMs } }) =>
        f === 'program-stopped' && role !== undefined && cpuMs !== undefined
          ? [[role, each(cpuMs)]]
          : [],
      ),
    ),
    steps: stepsOf([...byOrder.values()]),
  };
}

interface Event {
  readonly f: string;
  readonly at: number;
  readonly value: {
    readonly role?: string;
    readonly cpuMs?: number;
    readonly message?: { readonly key: string; readonly body?: { readonly order?: string } };
  };
}

const linesOf = (text: string): Event[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event);

function messageIn({ f, at, value }: Event): Seen | undefined {
  const order = value.message?.body?.order;
  if (f !== 'observed' || value.message === undefined || order === undefined) return undefined;
  return { name: value.message.key, order, at };
}

interface Span {
  readonly service: string;
  readonly kind: string;
  readonly traceId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** None where the kata has no telemetry. */
async function spansIn(folder: string, slug: string): Promise<Span[]> {
  const text = await readFile(path.join(folder, `${slug}.spans.jsonl`), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Span);
}

function counted(spans: readonly Span[], orders: readonly string[]): Record<string, number> {
  const known = new Set(orders);
  const own = spans.filter(({ attributes }) => known.has(String(attributes['order.id'])));
  const traces = new Set(own.map(({ traceId }) => traceId));
  const groups = grouped(
    spans.filter(({ traceId }) => traces.has(traceId)),
    ({ service, kind, attributes }) =>
      `${service} ${'db.system.name' in attributes ? 'statement' : kind}`,
  );
  return Object.fromEntries(
    [...groups].map(([name, all]) => [name, all.length / orders.length] as const).sort(),
  );
}

function stepsOf(orders: readonly (readonly Seen[])[]): [string, number][] {
  const gaps = orders.flatMap((messages) =>
    messages.slice(1).map(({ name, at }, n) => {
      const before = messages[n];
      return { step: `${before?.name ?? ''} → ${name}`, ms: (at - (before?.at ?? at)) / 1000 };
    }),
  );
  const bySteps = grouped(gaps, ({ step }) => step);
  return [...bySteps]
    .filter(([, all]) => all.length * 2 > orders.length)
    .map(([step, all]) => [step, median(all.map(({ ms }) => ms))]);
}
