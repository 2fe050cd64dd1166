import { HistoryWriter } from '../../test/support/history.js';
import { isFact, type Order, type RoleName } from './contract.js';
import type { Crash, EndedAmid, Expects, Final, OrderRow, Overdue } from './notes.js';
import { check } from './rules.js';

export const deadlineMs = 2_000;

/** A saga by hand: what one order went through. */
export interface Saga {
  readonly ends?: Expects['ends'];
  readonly of?: Expects['of'];
  readonly disturbed?: true;
  readonly told?: 'ok' | 'refused' | 'unknown' | 'nobody';
  readonly status?: OrderRow['status'] | 'gone';
  readonly reason?: OrderRow['reason'];
  readonly payments?: Final['payments'][number]['status'][];
  readonly refunds?: number;
  readonly refundOf?: number;
  readonly reservations?: Final['reservations'][number]['status'][];
  readonly releases?: number;
  /** Names of the messages, in order; left out: those that the rows ask for. */
  readonly messages?: readonly string[] | undefined;
  /** Changes all messages of a name. */
  readonly changed?: Readonly<Record<string, object>>;
  readonly reads?: readonly OrderRow['status'][];
  /** Before the last word. */
  readonly tookMs?: number;
  /** Before each message. */
  readonly stepMs?: number;
  readonly slownessMs?: number;
}

export const confirmed: Saga = {
  ...{ status: 'CONFIRMED', payments: ['AUTHORIZED'], reservations: ['RESERVED'] },
  messages: ['OrderCreated', 'PaymentAuthorized', 'StockReserved', 'OrderConfirmed'],
};

export const declined: Saga = {
  ...{ ends: 'declined', status: 'REJECTED', reason: 'declined', payments: ['DECLINED'] },
  messages: ['OrderCreated', 'PaymentDeclined', 'OrderRejected'],
};

export const soldOut: Saga = {
  ...{ ends: 'out-of-stock', status: 'REJECTED', reason: 'out-of-stock' },
  ...{ payments: ['AUTHORIZED'], reservations: ['REJECTED'], refunds: 1 },
  messages: [
    ...['OrderCreated', 'PaymentAuthorized', 'StockRejected', 'OrderRejected', 'PaymentRefunded'],
  ],
};

export const late: Saga = {
  ...{ disturbed: true, status: 'REJECTED', reason: 'deadline', tookMs: 2_100 },
  ...{ payments: ['AUTHORIZED'], refunds: 1, reservations: ['RESERVED'], releases: 1 },
  messages: [
    ...['OrderCreated', 'PaymentAuthorized', 'OrderRejected', 'PaymentRefunded'],
    ...['StockReserved', 'StockReleased'],
  ],
};

/** Cancelled before there was anything to undo. */
export const cancelled: Saga = {
  ...{ disturbed: true, status: 'REJECTED', reason: 'deadline', tookMs: 2_100 },
  ...{ payments: ['CANCELLED'], reservations: ['CANCELLED'] },
  messages: ['OrderCreated', 'OrderRejected'],
};

interface Extra {
  readonly isAskedOverdue?: boolean;
  readonly strategy?: string;
  readonly users?: number;
  readonly crashes?: readonly Crash[];
  readonly overdue?: readonly Overdue[];
  readonly missing?: number;
  readonly overdrawn?: number;
  /** Ids of unreadable messages that were left in the queue of order. */
  readonly unread?: readonly string[];
  readonly overtaken?: readonly { readonly name: string; readonly order: string }[];
  /** How services ended that were told to in the middle of something. */
  readonly endings?: readonly (EndedAmid & { readonly tookMs?: number; readonly kind?: string })[];
}

/** Every rule, over these sagas. */
export function judge(sagas: readonly Saga[], extra: Extra = {}) {
  const writer = new HistoryWriter();
  const named = sagas.map((saga, n) => ({ saga, order: orderOf(n) }));
  writer.note('load-begins', {});
  for (const one of named) play(writer, one.saga, one.order);
  for (const overdue of extra.overdue ?? []) writer.note('overdue', overdue);
  writer.note('load-ends', {});
  conditions(writer, extra);
  end(writer, extra.endings ?? everyEnding);
  leftBehind(writer, extra.unread ?? []);
  writer.note('seeded', { money: 1_000, stock: { 's-0': 50 } });
  writer.note('final', finalOf(named, extra));
  const result = check(
    writer.history(),
    { deadlineMs, users: extra.users ?? 1 },
    extra.strategy ?? 'choreography',
  );
  return {
    ...result,
    broken: result.findings.filter(({ holds }) => holds === false).map((one) => one.invariant),
    undecided: result.findings.filter(({ holds }) => holds === null).map((one) => one.invariant),
    story: (name: string): string =>
      result.findings.find(({ invariant }) => invariant === name)?.witness?.story.en ?? '',
  };
}

const orderOf = (n: number): Order => ({
  ...{ id: `o-${n}`, customer: `c-${n}`, sku: 's-0', quantity: 2, amount: 10 + n },
});

function play(writer: HistoryWriter, saga: Saga, order: Order): void {
  const { ends = 'confirmed', of, status = 'PENDING', reads } = saga;
  writer.note('expects', { order: order.id, ends, of, undisturbed: !saga.disturbed });
  place(writer, saga, order);
  for (const name of saga.messages ?? []) tell(writer, saga, order, name);
  writer.note('looked', { orders: [order.id], worstMs: saga.slownessMs ?? 10 });
  for (const one of reads ?? (status === 'gone' ? [] : [status, status])) {
    const op = writer.invoke(1, 'read', { id: order.id });
    writer.complete(op, 'ok', { id: order.id, status: one });
  }
}

function place(writer: HistoryWriter, { told = 'ok' }: Saga, order: Order): void {
  if (told === 'nobody') return;
  const op = writer.invoke(0, 'place', order);
  if (told === 'ok') writer.complete(op, 'ok', { status: 'PENDING' });
  else if (told === 'refused') writer.complete(op, 'fail', { reason: 'unavailable' });
  else writer.unknown(op, { kind: 'connection', detail: 'ECONNRESET' });
}

function tell(writer: HistoryWriter, saga: Saga, { id, ...rest }: Order, name: string): void {
  if (saga.stepMs !== undefined) writer.later(saga.stepMs);
  if (name === 'OrderConfirmed' || name === 'OrderRejected') writer.later(saga.tookMs ?? 50);
  const reason = name === 'OrderRejected' ? { reason: saga.reason } : {};
  const { body, ...properties } = (saga.changed?.[name] ?? {}) as { body?: object };
  const message = {
    ...{ id: `m-${id}-${name}`, correlationId: id, key: name, persistent: true },
    exchange: isFact(name) ? 'events' : 'commands',
    body: { order: id, ...rest, ...reason, ...body },
    ...{ headers: {}, redelivered: false, deaths: [] },
    ...properties,
  };
  writer.note('observed', { queue: 'plan.observed', message });
}

const crashesAt = (role: RoleName, points: readonly Crash['point'][]): Crash[] =>
  points.map((point) => ({ role, point, met: true, order: '' }));

export const everyCrash: readonly Crash[] = [
  ...crashesAt('order', ['effect', 'publish', 'confirm', 'ack', 'end', 'given-up']),
  ...crashesAt('payment', ['effect', 'publish', 'confirm', 'ack', 'refund']),
  ...crashesAt('inventory', ['effect', 'publish', 'confirm', 'ack', 'release']),
];

export const everyEnding: readonly EndedAmid[] = (
  [
    ['inventory', 'message'],
    ['payment', 'message'],
    ['order', 'message'],
    ['order', 'request'],
  ] as const
).map(([role, amid]) => ({ role, amid, order: 'o-ending', met: true, isDone: true }));

function end(writer: HistoryWriter, endings: NonNullable<Extra['endings']>): void {
  for (const { tookMs = 400, kind = 'drained', ...ending } of endings) {
    const { role } = ending;
    writer.note('program-stopped', { role, kind, tookMs, code: 0, signal: null, logTail: [] });
    writer.note('ended-amid', ending);
  }
}

const firstUndone = [{ name: 'OrderCreated', order: 'o-x' }];

function conditions(writer: HistoryWriter, { crashes, overtaken, isAskedOverdue }: Extra): void {
  for (const crash of crashes ?? everyCrash) writer.note('crash', crash);
  for (const role of ['inventory', 'payment'])
    writer.note('held', { role, order: 'o-held', met: true });
  for (const what of ['payment', 'order', 'broker']) writer.note('away', { what, met: true });
  for (const how of ['twice', 'newer']) writer.note('interposed', { how, name: 'x', id: 'y' });
  for (const one of overtaken ?? firstUndone)
    writer.note('interposed', { how: 'overtaken', id: 'z', ...one });
  writer.note('overdue', { order: 'o-x', isGivenUp: true, waitedMs: 2_100, worstMs: 10 });
  writer.note('asked-overdue', { order: 'o-x', met: isAskedOverdue ?? true });
  writer.note('beside', { order: 'o-x', met: true });
  writer.note('refund-failures', { order: 'o-x', times: 3 });
}

function leftBehind(writer: HistoryWriter, ids: readonly string[]): void {
  writer.note('unreadable', { ids });
  const messages = ids.map((id) => ({ id, key: 'OrderCreated', body: null }));
  writer.note('drained', { queue: 'order', messages });
}

/** What the three databases say; the sums follow from the rows, but for what is missing. */
function finalOf(
  named: readonly { readonly saga: Saga; readonly order: Order }[],
  { missing = 0, overdrawn = 0 }: Extra,
): Final {
  const each = <T>(rows: (saga: Saga, order: Order) => readonly T[]): T[] =>
    named.flatMap(({ saga, order }) => rows(saga, order));
  const times = <T>(count: number | undefined, row: T): T[] =>
    Array.from({ length: count ?? 0 }, () => row);
  const payments = each(({ payments: all = [] }, { id, customer, amount }) =>
    all.map((status) => ({ order: id, customer, amount, status })),
  );
  const refunds = each(({ refunds: count, refundOf }, { id, amount }) =>
    times(count, { order: id, amount: refundOf ?? amount }),
  );
  const reservations = each(({ reservations: all = [] }, { id, sku, quantity }) =>
    all.map((status) => ({ order: id, sku, quantity, status })),
  );
  const releases = each(({ releases: count }, { id, sku, quantity }) =>
    times(count, { order: id, sku, quantity }),
  );
  const sum = (all: readonly { amount: number }[]): number =>
    all.reduce((total, { amount }) => total + amount, 0);
  const paid = sum(payments.filter(({ status }) => status === 'AUTHORIZED')) - sum(refunds);
  const kept = reservations.filter(({ status }) => status === 'RESERVED').length - releases.length;
  return {
    orders: each(({ status = 'PENDING', reason = null }, order) =>
      status === 'gone' ? [] : [{ ...order, status, reason }],
    ),
    ...{ payments, refunds, reservations, releases },
    money: 1_000 - paid - missing,
    overdrawn,
    stock: { 's-0': 50 - 2 * kept },
  };
}
