import type pg from 'pg';
import { lockKey } from '../../../kit/node/inbox.js';
import { inTransaction, type Transaction } from '../../../kit/node/postgres.js';
import { BadRequest } from '../../../kit/node/serve.js';
import { isCount, isName, tell, type Told } from './message.js';

export type Reason = 'declined' | 'out-of-stock' | 'deadline';

export interface Order extends Told {
  readonly status: 'PENDING' | 'CONFIRMED' | 'REJECTED';
  readonly reason: Reason | null;
}

/** What else begins with a new order, in the same transaction. */
export type Begin = (tx: Transaction, told: Told) => Promise<void>;

/**
 * Takes an order, and tells of it; one that comes again is the same order.
 * @returns whether it is new; undefined where the id is that of another order
 */
export function take(pool: pg.Pool, told: Told, begin: Begin): Promise<boolean | undefined> {
  return inTransaction(pool, 'READ COMMITTED', async (tx) => {
    const { order, customer, sku, quantity, amount } = told;
    const { rowCount } = await tx.query(
      `INSERT INTO orders (id, customer, sku, quantity, amount, status)
       VALUES ($1, $2, $3, $4, $5, 'PENDING') ON CONFLICT (id) DO NOTHING`,
      [order, customer, sku, quantity, amount],
    );
    if (rowCount === 1) {
      await tell(tx, 'OrderCreated', told);
      await begin(tx, told);
      return true;
    }
    const there = await find(tx, order);
    return there && isSame(there, told) ? false : undefined;
  });
}

export const confirm = (tx: Transaction, told: Told): Promise<void> => end(tx, told, 'CONFIRMED');

export const reject = (tx: Transaction, told: Told, reason: Reason): Promise<void> =>
  end(tx, told, 'REJECTED', reason);

/** Only what is pending ends, so that a final state is never left. */
async function end(
  tx: Transaction,
  told: Told,
  status: 'CONFIRMED' | 'REJECTED',
  reason?: Reason,
): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE orders SET status = $2, reason = $3 WHERE id = $1 AND status = 'PENDING'`,
    [told.order, status, reason ?? null],
  );
  if (rowCount !== 1) return;
  if (status === 'CONFIRMED') await tell(tx, 'OrderConfirmed', told);
  else await tell(tx, 'OrderRejected', { ...told, ...(reason && { reason }) });
}

export async function find(
  on: Pick<pg.ClientBase, 'query'>,
  id: string,
): Promise<Order | undefined> {
  const { rows } = await on.query<Order>(`SELECT ${columns} FROM orders WHERE id = $1`, [id]);
  return rows[0];
}

const columns = 'id AS "order", customer, sku, quantity, amount, status, reason';

/** Pending for longer than the deadline. The rows know when they began: no timer can be forgotten. */
async function overdue(pool: pg.Pool, deadlineMs: number): Promise<Order[]> {
  const { rows } = await pool.query<Order>(
    `SELECT ${columns} FROM orders
      WHERE status = 'PENDING' AND created_at < clock_timestamp() - $1 * interval '1 millisecond'`,
    [deadlineMs],
  );
  return rows;
}

/** @returns how many orders were looked at */
export async function giveUpOverdue(
  pool: pg.Pool,
  deadlineMs: number,
  giveUp: (tx: Transaction, told: Told) => Promise<void>,
): Promise<number> {
  const late = await overdue(pool, deadlineMs);
  for (const order of late)
    await inTransaction(pool, 'READ COMMITTED', async (tx) => {
      await lockKey(tx, order.order);
      await giveUp(tx, toldOf(order));
    });
  return late.length;
}

export function toldOf({ order, customer, sku, quantity, amount }: Told): Told {
  return { order, customer, sku, quantity, amount };
}

function isSame(one: Told, other: Told): boolean {
  return JSON.stringify(toldOf(one)) === JSON.stringify(toldOf(other));
}

export function readOrder(body: unknown): Told {
  const { id, customer, sku, quantity, amount } = (body ?? {}) as Record<string, unknown>;
  return {
    order: text('id', id),
    customer: text('customer', customer),
    sku: text('sku', sku),
    quantity: wholeFrom1('quantity', quantity),
    amount: wholeFrom1('amount', amount),
  };
}

function text(name: string, value: unknown): string {
  if (isName(value)) return value;
  throw new BadRequest(`${name} must be a text`);
}

function wholeFrom1(name: string, value: unknown): number {
  if (isCount(value)) return value;
  throw new BadRequest(`${name} must be a whole number from 1`);
}
