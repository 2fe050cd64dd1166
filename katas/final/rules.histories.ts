import type { SpanKind, SpanSeen } from '../../src/kata/index.js';
import { History } from '../../src/kata/history.js';
import { HistoryWriter } from '../../test/support/history.js';
import { httpSeconds, isFact, processed, roles, type Reason, type RoleName } from './contract.js';
import type {
  Asked,
  Expects,
  Final,
  Interposed,
  MemoryNote,
  OrderRow,
  Outside,
  Overdue,
  Placed,
  Sample,
  Unsettled,
} from './notes.js';
import { check } from './rules.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

interface Message {
  order: string;
  name: string;
  id: string;
  body: Record<string, unknown>;
  headers: Record<string, unknown>;
  /** Than the one before; it comes at the same time where this is left out. */
  laterMs?: number;
}

interface Sending {
  asked: Asked;
  answer: Placed | 'unknown';
}

/** A run of the shop as it should be, to be changed before it is judged. */
export interface Run {
  expects: Expects[];
  sendings: Sending[];
  messages: Message[];
  final: Mutable<Final>;
  outside: Mutable<Outside>;
  calls: {
    path: string;
    method: string;
    text: string;
    headers: Record<string, string>;
    ms: number;
  }[];
  logs: Record<RoleName, string[]>;
  samples: Record<RoleName, Sample[]>;
  /** What `/metrics` said before, and after, the servers were gone: of each role the same. */
  restarted: { before: Sample[]; after: Sample[] } | undefined;
  strays: string[];
  /** What shipping wrote in plain text while the carrier was down. */
  outageStrays: string[];
  spans: SpanSeen[];
  overdue: Overdue[];
  interposed: (Interposed & { laterMs?: number })[];
  unsettled: Unsettled[];
  /** Whatever else the experiment wrote down. */
  noted: { f: string; value: object }[];
  memory?: MemoryNote;
  stock: number;
}

const steps = {
  confirmed: [
    ...['OrderCreated', 'AuthorizePayment', 'PaymentAuthorized', 'ReserveStock', 'StockReserved'],
    ...['BookParcel', 'ParcelBooked', 'OrderConfirmed'],
  ],
  declined: ['OrderCreated', 'AuthorizePayment', 'PaymentDeclined', 'OrderRejected'],
  'out-of-stock': [
    ...['OrderCreated', 'AuthorizePayment', 'PaymentAuthorized', 'ReserveStock', 'StockRejected'],
    ...['RefundPayment', 'PaymentRefunded', 'OrderRejected'],
  ],
  'not-deliverable': [
    ...['OrderCreated', 'AuthorizePayment', 'PaymentAuthorized', 'ReserveStock', 'StockReserved'],
    ...['BookParcel', 'ParcelRefused', 'ReleaseStock', 'StockReleased', 'RefundPayment'],
    ...['PaymentRefunded', 'OrderRejected'],
  ],
} as const;
type Ends = keyof typeof steps;

/** Four orders, one of each end; the first two are of the calm day. */
export function goodRun(): Run {
  const run: Run = {
    ...{ expects: [], sendings: [], messages: [], calls: [], spans: [], overdue: [], stock: 100 },
    ...{ interposed: [], unsettled: [], noted: [] },
    final: {
      ...{ orders: [], payments: [], refunds: [], reservations: [], releases: [] },
      ...{ parcels: [], cancellations: [], stock: {} },
    },
    outside: { charges: [], parcels: [] },
    logs: { orders: [], payments: [], inventory: [], shipping: [] },
    samples: { orders: [], payments: [], inventory: [], shipping: [] },
    restarted: undefined,
    strays: [],
    outageStrays: [],
  };
  const ends: readonly Ends[] = [
    ...(['confirmed', 'confirmed', 'declined', 'out-of-stock', 'not-deliverable'] as const),
  ];
  ends.forEach((end, n) => play(run, end, n));
  for (const role of roles) {
    const names = [...new Set(run.messages.map(({ name }) => name))];
    run.samples[role] = names.map((message) => ({
      ...{ name: processed, labels: { message, outcome: 'ok' }, value: 9 },
    }));
  }
  const labels = { http_response_status_code: '202' };
  run.samples.orders.push({ name: `${httpSeconds}_count`, labels, value: 9 });
  return run;
}

function play(run: Run, end: Ends, n: number): void {
  const act = end === 'confirmed' ? 'calm' : end;
  const order = { customer: 'c-1', sku: 's-1', quantity: 2, amount: 10 + n, address: `a-${n}` };
  const [id, requestId] = [`o-${n}`, `r-${n}`];
  const row: OrderRow = {
    ...{ id, client: 'ann', ...order },
    status: end === 'confirmed' ? 'CONFIRMED' : 'REJECTED',
    reason: end === 'confirmed' ? null : end,
    tracking: end === 'confirmed' ? `tr-${n}` : null,
  };
  run.expects.push({ address: order.address, act, ends: end, undisturbed: true });
  const asked: Asked = { ...order, act, client: 'ann', key: `k-${n}`, sort: 'first', requestId };
  const answer = { status: 202, id, state: 'PENDING', requestId };
  run.sendings.push({ asked, answer }, { asked: { ...asked, sort: 'again' }, answer });
  for (const name of steps[end]) {
    const more =
      name === 'OrderRejected'
        ? { reason: end }
        : name === 'ParcelBooked'
          ? { tracking: `tr-${n}` }
          : {};
    const body = { order: id, ...order, ...more };
    run.messages.push({
      order: id,
      name,
      id: `${id}-${name}`,
      body,
      headers: { 'x-request-id': requestId },
    });
  }
  for (const role of roles)
    run.logs[role].push(
      JSON.stringify({ level: 'info', message: 'done', order: id, request_id: requestId }),
    );
  effects(run, end, row);
  run.spans.push(...threadOf(id, n));
}

function effects(
  run: Run,
  end: Ends,
  { id: order, sku, quantity, amount, ...row }: OrderRow,
): void {
  const { final, outside } = run;
  const n = order.slice(2);
  final.orders.push({ id: order, sku, quantity, amount, ...row });
  const headers = { 'idempotency-key': order, 'x-request-id': `r-${n}` };
  const call = (path: string): unknown =>
    run.calls.push({ path, method: 'POST', text: JSON.stringify({ order }), headers, ms: 0 });
  call('/charges');
  if (end === 'declined') {
    final.payments.push({ order, amount, status: 'DECLINED', charge: null });
    return;
  }
  const isUndone = end !== 'confirmed';
  final.payments.push({ order, amount, status: 'AUTHORIZED', charge: `ch-${n}` });
  outside.charges.push({ order, amount, charge: `ch-${n}`, refunded: isUndone });
  if (isUndone) final.refunds.push({ order, amount });
  const isReserved = end !== 'out-of-stock';
  final.reservations.push({ order, sku, quantity, status: isReserved ? 'RESERVED' : 'REJECTED' });
  if (!isReserved) return;
  call('/parcels');
  if (isUndone) {
    final.releases.push({ order, sku, quantity });
    final.parcels.push({ order, quantity, status: 'REFUSED', tracking: null });
    return;
  }
  run.stock -= quantity;
  final.parcels.push({ order, quantity, status: 'BOOKED', tracking: `tr-${n}` });
  outside.parcels.push({ order, tracking: `tr-${n}`, cancelled: false });
}

const kinds: readonly SpanKind[] = ['server', 'producer', 'consumer', 'client'];

/** One span of each kind in each service, each the child of the one before. */
export function threadOf(order: string, n: number): SpanSeen[] {
  const traceId = String(n + 1).padStart(32, '0');
  const all = roles.flatMap((service) => kinds.map((kind) => ({ service, kind })));
  return all.map(({ service, kind }, at): SpanSeen => ({
    ...{ service, kind, traceId, spanId: String(at + 1).padStart(16, '0') },
    ...(at > 0 && { parentId: String(at).padStart(16, '0') }),
    ...{ name: `${service} ${kind}`, startUs: at, endUs: at + 1, status: 'unset', links: [] },
    ...{
      events: [],
      attributes: kind === 'server' || kind === 'consumer' ? { 'order.id': order } : {},
    },
  }));
}

export const options = { deadlineMs: 2_000, users: 1, rate: 20, burst: 20, breakerOpenMs: 500 };

/** Every rule, over a run that is as it should be but for this. */
export function judge(change: (run: Run) => void = () => undefined) {
  const run = goodRun();
  change(run);
  const result = check(write(run), options, 'shop');
  return {
    ...result,
    broken: result.findings.filter(({ holds }) => holds === false).map((one) => one.invariant),
    story: (name: string): string =>
      result.findings.find(({ invariant }) => invariant === name)?.witness?.story.en ?? '',
  };
}

function write(run: Run): History {
  const writer = new HistoryWriter();
  for (const act of ['calm', 'repeated', 'provider', 'flood']) writer.note('act-began', { act });
  for (const one of run.expects) writer.note('expects', one);
  for (const { asked, answer } of run.sendings) {
    const op = writer.invoke(1, 'place', asked);
    if (answer === 'unknown') writer.unknown(op, { kind: 'connection', detail: 'ECONNRESET' });
    else writer.complete(op, answer.status === 202 ? 'ok' : 'fail', answer);
  }
  run.messages.forEach(({ order, name, id, body, headers, laterMs }) => {
    if (laterMs !== undefined) writer.later(laterMs);
    writer.note('observed', {
      queue: 'plan.observed',
      message: {
        ...{ id, correlationId: order, key: name, exchange: isFact(name) ? 'events' : 'commands' },
        ...{ body, headers, redelivered: false, persistent: true, deaths: [] },
      },
    });
  });
  let now = 0;
  for (const { ms, ...call } of run.calls) {
    writer.later(ms - now);
    now = ms;
    writer.note(
      call.path === 'phase' ? 'phase' : 'upstream-call',
      call.path === 'phase' ? JSON.parse(call.text) : { n: 0, ...call },
    );
  }
  for (const one of run.overdue) writer.note('overdue', one);
  writeHandedOn(writer, run);
  writer.note('outage-log', { role: 'shipping', strays: run.outageStrays });
  for (const role of roles) {
    writer.note('scraped', { role, when: 'calm', samples: run.samples[role] });
    for (const when of ['before', 'after'] as const)
      if (run.restarted) writer.note('scraped', { role, when, samples: run.restarted[when] });
    writer.note('log', { role, lines: 9, told: run.logs[role], strays: run.strays });
  }
  if (run.memory) writer.note('memory', run.memory);
  writer.note('seeded', { stock: { 's-1': 100 } });
  writer.note('outside', run.outside);
  writer.note('final', { ...run.final, stock: { 's-1': run.stock } });
  const plain = writer.history();
  return new History(plain.events, 1, run.spans);
}

function writeHandedOn(writer: HistoryWriter, { interposed, unsettled, noted }: Run): void {
  for (const { f, value } of noted) writer.note(f, value);
  for (const { laterMs, ...one } of interposed) {
    if (laterMs !== undefined) writer.later(laterMs);
    writer.note('interposed', one);
  }
  for (const one of unsettled) writer.note('unsettled', one);
}

/** From here on a dependency behaves so; a call that comes as late. */
export const phase = (
  ms: number,
  of: 'provider' | 'carrier',
  name: string,
): Run['calls'][number] => ({
  ...{ path: 'phase', method: '', headers: {}, ms },
  text: JSON.stringify({ of, phase: name }),
});

export const call = (ms: number, path = '/charges', order = 'o-0'): Run['calls'][number] => ({
  ...{ path, method: 'POST', text: JSON.stringify({ order }), ms },
  headers: { 'idempotency-key': order, 'x-request-id': order.replace('o', 'r') },
});

export const reasonOf = (run: Run, reason: Reason): string =>
  run.final.orders.find((row) => row.reason === reason)?.id ?? '';

/** Makes the last order one that could have been served, and was given up. @returns what was told of it */
export function overdueIn(run: Run): Run['messages'] {
  const order = reasonOf(run, 'not-deliverable');
  Object.assign(run.expects.at(-1) ?? {}, { ends: 'confirmed' });
  Object.assign(run.final.orders.at(-1) ?? {}, { reason: 'deadline' });
  const messages = run.messages.filter((one) => one.order === order);
  Object.assign(messages.at(-1)?.body ?? {}, { reason: 'deadline' });
  return messages;
}
