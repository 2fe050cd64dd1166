import type pg from 'pg';
import type { Work } from '../../../kit/node/telemetry/bus.js';
import type { Told } from './message.js';

export type Reason = 'declined' | 'out-of-stock' | 'not-deliverable' | 'deadline';

export interface Order {
  readonly id: string;
  readonly status: 'PENDING' | 'CONFIRMED' | 'REJECTED';
  readonly reason: Reason | null;
  readonly tracking: string | null;
}

export interface Whose {
  readonly client: string;
  readonly requestId: string | undefined;
}

export async function take({ tx, send }: Work, told: Told, whose: Whose): Promise<void> {
  const { order, customer, sku, quantity, amount, address } = told;
  await tx.query(
    `INSERT INTO orders (id, client, customer, sku, quantity, amount, address, request_id, status)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'PENDING')`,
    [order, whose.client, customer, sku, quantity, amount, address, whose.requestId ?? null],
  );
  await send({ exchange: 'events', name: 'OrderCreated', body: told });
}

/** Only what is pending ends, so that a final state is never left. */
export async function confirm({ tx, send }: Work, { tracking, ...told }: Told): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE orders SET status = 'CONFIRMED', tracking = $2 WHERE id = $1 AND status = 'PENDING'`,
    [told.order, tracking ?? null],
  );
  if (rowCount === 1) await send({ exchange: 'events', name: 'OrderConfirmed', body: told });
}

export async function reject({ tx, send }: Work, told: Told, reason: Reason): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE orders SET status = 'REJECTED', reason = $2 WHERE id = $1 AND status = 'PENDING'`,
    [told.order, reason],
  );
  const body = { ...told, reason };
  if (rowCount === 1) await send({ exchange: 'events', name: 'OrderRejected', body });
}

export async function find(pool: pg.Pool, id: string): Promise<Order | undefined> {
  const { rows } = await pool.query<Order>(
    'SELECT id, status, reason, tracking FROM orders WHERE id = $1',
    [id],
  );
  return rows[0];
}
