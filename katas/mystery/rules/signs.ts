import { grouped, type SpanSeen } from '../../../src/kata/index.js';
import type { Cause } from '../contract/seal.js';
import { median, msOf, queuedMs, type OrderSeen } from '../story.js';

/**
 * What each cause brings about, and none of the others does. A machine that is busy makes everything
 * slow at times, and none of them: so it is asked whether nearly all are slow, since the lab sees to it
 * that none can be quicker; or where most of the time goes.
 */
export const signs: Readonly<Record<Cause, (orders: readonly OrderSeen[]) => boolean>> = {
  // Every order's, whatever it is of.
  'slow-statement': (orders) => nearlyAll(orders, slowestStatement) >= slowMs,
  // Some orders' alone: those of one good, since all of them want the same row.
  lock: (orders) => {
    const waiting = sharesOfWaiting(orders);
    const [most = 0, ...others] = [...waiting.values()].toSorted((a, b) => b - a);
    return most >= 0.4 && others.length > 0 && others.every((share) => share <= most / 3);
  },
  'n-plus-one': (orders) => {
    const many = worked(orders).filter(({ quantity }) => quantity >= 10);
    return many.length > 0 && many.every((one) => one.statements.length >= one.quantity);
  },
  'exhausted-pool': (orders) =>
    median(worked(orders).map(waitedForConnection)) >= slowMs &&
    median(worked(orders).map((one) => waitedForConnection(one) / workedMs(one))) >= 0.6,
  'slow-neighbour': (orders) =>
    // Of a worker that is busy itself the warehouse knows nothing.
    nearlyAll(orders, slowestCall) >= slowMs &&
    median(orders.flatMap(({ warehouseMs }) => warehouseMs)) >= slowMs,
  'full-queue': (orders) => {
    const queued = median(worked(orders).flatMap((one) => queuedMs(one) ?? []));
    return queued >= slowMs && queued >= 5 * median(worked(orders).map(workedMs));
  },
  'multiplied-retries': (orders) => orders.filter(isRetried).length >= someOrders,
  'dropping-worker': (orders) => orders.filter(isDropped).length >= someOrders,
  'differing-clocks': (orders) => {
    const queued = worked(orders).flatMap((one) => queuedMs(one) ?? []);
    return (
      queued.length > 0 && queued.filter((ms) => ms < -impossibleMs).length > queued.length / 2
    );
  },
};

/** An order usually has 60 ms of work in all, and no part of it longer than 40. */
export const slowMs = 150;
/** Two programs of one machine, whose clocks are the same, never differ so much. */
const impossibleMs = 500;
const someOrders = 5;

const worked = (orders: readonly OrderSeen[]): OrderSeen[] =>
  orders.filter(({ attempts }) => attempts.length > 0);

/** What nine of ten take at least. */
function nearlyAll(orders: readonly OrderSeen[], of: (order: OrderSeen) => number): number {
  const sorted = worked(orders)
    .map(of)
    .toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 10)] ?? 0;
}

/**
 * What is hidden is one thing: on a machine that has no time everything else is slow as well, and who
 * looks at the traces of such a run learns little.
 */
export function isCalm(orders: readonly OrderSeen[]): boolean {
  const parts = [slowestCall, slowestStatement, waitedForConnection];
  return parts.filter((part) => median(worked(orders).map(part)) >= slowMs).length <= 1;
}

const longest = (spans: readonly SpanSeen[]): number => Math.max(0, ...spans.map(msOf));

export const slowestStatement = ({ statements }: OrderSeen): number => longest(statements);
export const waitedForConnection = ({ connects }: OrderSeen): number => longest(connects);
export const slowestCall = ({ calls }: OrderSeen): number => longest(calls);
export const workedMs = ({ attempts }: OrderSeen): number => longest(attempts);

/** Of each good the share of orders that waited for a row. */
export function sharesOfWaiting(orders: readonly OrderSeen[]): Map<string, number> {
  const all = grouped(worked(orders), ({ sku }) => sku);
  return new Map(
    [...all].map(([sku, of]) => [
      sku,
      of.filter((one) => slowestStatement(one) >= slowMs).length / of.length,
    ]),
  );
}

/** More calls than one attempt makes, and most of them refused. */
export const isRetried = ({ calls, attempts }: OrderSeen): boolean =>
  attempts.length >= 2 &&
  calls.length >= 5 &&
  calls.filter(({ status }) => status === 'error').length >= 4;

/** Taken, in order by all that was told, and never stored. */
export const isDropped = ({ accepted, attempts, outsideMs, statements }: OrderSeen): boolean =>
  accepted &&
  outsideMs === undefined &&
  statements.length === 0 &&
  attempts.length > 0 &&
  attempts.every(({ status }) => status !== 'error');
