import type pg from 'pg';
import { post } from '../../../kit/node/outbox.js';
import { inTransaction, type Transaction } from '../../../kit/node/postgres.js';
import { BadRequest } from '../../../kit/node/serve.js';

export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly version: number;
  readonly status: 'OPEN' | 'CANCELLED';
  readonly amount: number;
}

/** What a client wants of an order. */
export interface Wish {
  readonly customer: string;
  readonly amount: number;
}

/** The order as it stands then; or why nothing has changed. */
export type Taken = Order | 'nobody' | 'conflict';

/** Creates it or changes its amount; what changes nothing has no version and no event of its own. */
export function put(pool: pg.Pool, id: string, { customer, amount }: Wish): Promise<Taken> {
  return inTransaction(pool, 'READ COMMITTED', async (tx) => {
    const created = { id, customer, version: 1, status: 'OPEN', amount } as const;
    const { rowCount } = await tx.query(
      `INSERT INTO orders (id, customer, version, status, amount) VALUES ($1, $2, 1, 'OPEN', $3)
       ON CONFLICT (id) DO NOTHING`,
      [id, customer, amount],
    );
    if (rowCount === 1) return tell(tx, 'OrderCreated', created);
    const there = await locked(tx, id);
    if (there?.customer !== customer || there.status !== 'OPEN') return 'conflict';
    if (there.amount === amount) return there;
    return move(tx, 'OrderChanged', { ...there, amount });
  });
}

export function cancel(pool: pg.Pool, id: string): Promise<Taken> {
  return inTransaction(pool, 'READ COMMITTED', async (tx) => {
    const there = await locked(tx, id);
    if (!there) return 'nobody';
    if (there.status === 'CANCELLED') return there;
    return move(tx, 'OrderCancelled', { ...there, status: 'CANCELLED' });
  });
}

/** Whoever changes the same order waits here, so that its events leave in the order of its versions. */
async function locked(tx: Transaction, id: string): Promise<Order | undefined> {
  const { rows } = await tx.query<Order>(
    'SELECT id, customer, version, status, amount FROM orders WHERE id = $1 FOR UPDATE',
    [id],
  );
  return rows[0];
}

async function move(tx: Transaction, event: string, to: Order): Promise<Order> {
  const order = { ...to, version: to.version + 1 };
  await tx.query('UPDATE orders SET version = $2, status = $3, amount = $4 WHERE id = $1', [
    ...[order.id, order.version, order.status, order.amount],
  ]);
  return tell(tx, event, order);
}

/** The event has all of the order as it stands then: whoever folds it needs no other. */
async function tell(tx: Transaction, key: string, order: Order): Promise<Order> {
  const { id, customer, version, amount } = order;
  const body = { order: id, version, customer, amount };
  await post(tx, { exchange: 'events', key, correlationId: id, body });
  return order;
}

export function readWish(body: unknown): Wish {
  const { customer, amount } = (body ?? {}) as Record<string, unknown>;
  // PostgreSQL stores no text with a zero in it, and its integer ends at 2^31 − 1.
  if (typeof customer !== 'string' || customer === '' || customer.includes('\0'))
    throw new BadRequest('customer must be a text');
  if (!Number.isInteger(amount) || Number(amount) < 1 || Number(amount) > 2 ** 31 - 1)
    throw new BadRequest('amount must be a whole number from 1');
  return { customer, amount: Number(amount) };
}
