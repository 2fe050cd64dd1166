import type { SpanSeen } from '../../src/kata/index.js';
import { History } from '../../src/kata/history.js';
import { HistoryWriter } from '../../test/support/history.js';
import { buckets, httpSeconds, processed, workSeconds } from './contract.js';
import type { Sample, Sent } from './notes.js';
import { check } from './rules.js';

const clientSpan = 'c'.repeat(16);

/** What may be otherwise with one order. */
export interface Otherwise {
  readonly act?: string;
  readonly sku?: string;
  readonly context?: Sent['context'];
  readonly requestId?: string;
  readonly said?: string | null;
  readonly inMessage?: string;
  readonly inRow?: string | null;
  readonly handedOn?: string;
  readonly spans?: (spans: SpanSeen[]) => SpanSeen[];
  readonly lines?: (lines: Line[]) => (Line | string)[];
}

export interface Line {
  readonly role: string;
  readonly [field: string]: unknown;
}

/** Both services as they should be, told by hand; each order may be otherwise in one thing. */
export class Tale {
  readonly #writer = new HistoryWriter();
  readonly #spans: SpanSeen[] = [];
  readonly #rows: { id: string; request_id: string | null }[] = [];
  readonly #lines = new Map<string, string[]>([
    ['api', []],
    ['worker', []],
  ]);
  #orders = 0;

  order(otherwise: Otherwise = {}): string {
    const { act = 'contexts', context = 'sampled', sku = 'lamp' } = otherwise;
    const n = this.#orders;
    this.#orders += 1;
    const { requestId = `r-${n}` } = otherwise;
    const one: One = {
      ...{ n, order: `order-${act}-${String(n).padStart(5, '0')}`, context },
      trace: (n + 1).toString(16).padStart(32, '0'),
      said: otherwise.said === undefined ? requestId : otherwise.said,
    };
    const { order, said } = one;
    const traceparent = sentContext(one);
    const sent = {
      order,
      act,
      sku,
      context,
      requestId,
      ...(traceparent && { traceparent }),
    };
    const op = this.#writer.invoke(n, 'place', sent);
    this.#writer.note('observed', { queue: 'plan.observed', message: messageOf(one, otherwise) });
    this.#writer.later(20);
    this.#writer.complete(op, 'ok', { id: order, requestId: said });
    this.#writer.note('amqp-settled', { how: 'ack', id: `m-${n}` });
    const { inRow = said ?? '' } = otherwise;
    this.#rows.push({ id: order, request_id: otherwise.inRow === null ? null : inRow });
    const spans = exportedSpans(one);
    this.#spans.push(...(otherwise.spans?.(spans) ?? spans));
    this.#tell(one, otherwise);
    return order;
  }

  act(name: string, play: () => void): this {
    this.#writer.note('act-began', { act: name });
    play();
    this.#writer.note('act-ended', { act: name });
    return this;
  }

  refused(requestId: string | null): this {
    const op = this.#writer.invoke(900, 'refused', { what: 'no JSON' });
    this.#writer.complete(op, 'ok', { requestId });
    return this;
  }

  unconfirmed(order: string, answered: boolean): this {
    this.#writer.note('unconfirmed', { order, met: true, answered });
    return this;
  }

  again(order: string): this {
    this.#writer.note('again', { order });
    return this;
  }

  givenBack(): this {
    this.#writer.note('amqp-settled', { how: 'requeue', id: 'm-0' });
    return this;
  }

  held(order: string, ms: number): this {
    this.#writer.note('held', { order, met: true, ms });
    return this;
  }

  scraped(role: string, samples: readonly Sample[], when: 'before-flood' | 'end' = 'end'): this {
    const page = { series: samples.length, samples, leftOut: 0, unreadable: [] };
    this.#writer.note('scraped', { role, when, ...page });
    return this;
  }

  judged() {
    for (const [role, told] of this.#lines)
      this.#writer.note('log', { role, lines: told.length, told });
    this.#writer.note('rows', { rows: this.#rows });
    const { events } = this.#writer.history();
    const { findings } = check(new History(events, 1, this.#spans), { requests: 2 });
    return {
      broken: findings.filter(({ holds }) => holds === false).map(({ invariant }) => invariant),
      story: (name: string): string =>
        findings.find(({ invariant }) => invariant === name)?.witness?.story.en ?? '',
    };
  }

  #tell({ order, said }: One, otherwise: Otherwise): void {
    const usual = ['api', 'worker'].map((role): Line => ({
      role,
      level: 'info',
      message: 'done',
      order,
      request_id: said ?? '',
    }));
    for (const line of otherwise.lines?.(usual) ?? usual) {
      const role = typeof line === 'string' ? 'worker' : line.role;
      this.#lines.get(role)?.push(typeof line === 'string' ? line : JSON.stringify(line));
    }
  }
}

/** An order as it was sent and answered. */
interface One {
  readonly n: number;
  readonly order: string;
  readonly context: Sent['context'];
  readonly trace: string;
  readonly said: string | null;
}

function sentContext({ context, trace }: One): string | undefined {
  if (context === 'none') return undefined;
  if (context === 'invalid') return `ff-${trace}-${clientSpan}-01`;
  const flags = { sampled: '01', 'newer-flags': '03', 'not-sampled': '00' }[context];
  return `00-${trace}-${clientSpan}-${flags}`;
}

function messageOf({ n, order, trace, context, said }: One, otherwise: Otherwise) {
  const flags = context === 'not-sampled' ? '00' : '01';
  const headers = {
    'x-request-id': otherwise.inMessage ?? said ?? '',
    traceparent: otherwise.handedOn ?? `00-${trace}-2222222222222222-${flags}`,
  };
  return { id: `m-${n}`, key: 'OrderPlaced', exchange: 'shop', headers, body: { order } };
}

function exportedSpans({ order, trace, context }: One): SpanSeen[] {
  const traceId = context === 'invalid' ? `a${trace.slice(1)}` : trace;
  const hasClient = context === 'sampled' || context === 'newer-flags';
  return context === 'not-sampled' ? [] : spansOf(order, traceId, hasClient);
}

/** The four of an order, each a child of the one before. */
function spansOf(order: string, traceId: string, hasClient: boolean): SpanSeen[] {
  const span = (n: number, service: string, kind: SpanSeen['kind']): SpanSeen => ({
    ...{ service, kind, traceId, spanId: String(n).repeat(16), name: `${service} ${kind}` },
    ...(n > 1 && { parentId: String(n - 1).repeat(16) }),
    ...(n === 1 && hasClient && { parentId: clientSpan }),
    ...{ startUs: n * 1000, endUs: n * 1000 + 5000, status: 'unset', links: [], events: [] },
    attributes: kind === 'server' || kind === 'consumer' ? { 'order.id': order } : {},
  });
  return [
    span(1, 'api', 'server'),
    span(2, 'api', 'producer'),
    span(3, 'worker', 'consumer'),
    span(4, 'worker', 'client'),
  ];
}

/** A histogram's series, with all of its observations at one number of seconds. */
export function histogram(
  name: string,
  count: number,
  labels: Record<string, string> = {},
  seconds = 0.003,
): Sample[] {
  return [
    ...buckets.map((border) => ({
      name: `${name}_bucket`,
      labels: { ...labels, le: String(border) },
      value: seconds <= border ? count : 0,
    })),
    { name: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
    { name: `${name}_count`, labels, value: count },
    { name: `${name}_sum`, labels, value: count * seconds },
  ];
}

export const httpPage = (count: number, seconds?: number): Sample[] =>
  histogram(
    httpSeconds,
    count,
    { http_request_method: 'POST', http_route: '/orders', http_response_status_code: '202' },
    seconds,
  );

export const workPage = (ok: number, error = 0, seconds?: number): Sample[] => [
  ...histogram(workSeconds, ok + error, {}, seconds),
  { name: processed, labels: { outcome: 'ok' }, value: ok },
  { name: processed, labels: { outcome: 'error' }, value: error },
];
