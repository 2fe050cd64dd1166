import type pg from 'pg';
import { inTransaction, type Transaction } from '../../../kit/node/postgres.js';
import { readEvent, type OrderEvent } from './event.js';
import type { Entry } from './stream.js';

/** What one event does to the view. */
export type Projection = (tx: Transaction, event: OrderEvent) => Promise<void>;

export interface ShownOrder {
  readonly id: string;
  readonly version: number;
  readonly status: 'OPEN' | 'CANCELLED';
  readonly amount: number;
}

export interface Summary {
  readonly orders: number;
  readonly total: number;
}

/** The offset that comes next; 0 of a view that has nothing yet. */
export async function nextOf(pool: pg.Pool, stream: string): Promise<number> {
  const { rows } = await pool.query<{ next: string }>(
    'SELECT next FROM position WHERE stream = $1',
    [stream],
  );
  return Number(rows[0]?.next ?? 0);
}

/**
 * The effects of these entries and the place after them, in one transaction: who dies in the middle
 * begins again where both stood.
 */
export function fold(
  pool: pg.Pool,
  stream: string,
  entries: readonly Entry[],
  project: Projection,
): Promise<void> {
  return inTransaction(pool, 'READ COMMITTED', async (tx) => {
    await tx.query('INSERT INTO position (stream, next) VALUES ($1, 0) ON CONFLICT DO NOTHING', [
      stream,
    ]);
    const { rows } = await tx.query<{ next: string }>(
      'SELECT next FROM position WHERE stream = $1 FOR UPDATE',
      [stream],
    );
    const next = Number(rows[0]?.next ?? 0);
    let after = next;
    for (const { offset, message } of entries) {
      // After an answer to COMMIT that was lost these were folded already.
      if (offset < next) continue;
      const { fields, properties, content } = message;
      const id: unknown = properties.messageId;
      const event = readEvent(
        fields.routingKey,
        typeof id === 'string' ? id : '',
        content.toString(),
      );
      if (event) await project(tx, event);
      after = offset + 1;
    }
    await tx.query('UPDATE position SET next = $2 WHERE stream = $1', [stream, after]);
  });
}

export async function hasSeen(pool: pg.Pool, order: string, version: number): Promise<boolean> {
  const { rows } = await pool.query('SELECT 1 FROM orders WHERE id = $1 AND version >= $2', [
    order,
    version,
  ]);
  return rows.length > 0;
}

export async function ordersOf(pool: pg.Pool, customer: string): Promise<ShownOrder[]> {
  const { rows } = await pool.query<ShownOrder>(
    'SELECT id, version, status, amount FROM orders WHERE customer = $1 ORDER BY id',
    [customer],
  );
  return rows;
}

/** Of those that add it up. */
export async function addedUp(pool: pg.Pool, customer: string): Promise<Summary> {
  const { rows } = await pool.query<Summary>(
    'SELECT orders, total FROM summaries WHERE customer = $1',
    [customer],
  );
  return rows[0] ?? { orders: 0, total: 0 };
}

/** From the orders themselves, by their index: nothing that could come apart. */
export async function summed(pool: pg.Pool, customer: string): Promise<Summary> {
  const { rows } = await pool.query<Summary>(
    `SELECT count(*)::integer AS orders, coalesce(sum(amount), 0)::integer AS total
       FROM orders WHERE customer = $1 AND status = 'OPEN'`,
    [customer],
  );
  return rows[0] ?? { orders: 0, total: 0 };
}
