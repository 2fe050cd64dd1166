import type pg from 'pg';
import type { Order } from './orders.js';

/** Nothing here is made for questions: the database looks through every order there is. */
export async function ordersOf(
  pool: pg.Pool,
  customer: string,
): Promise<Omit<Order, 'customer'>[]> {
  const { rows } = await pool.query<Omit<Order, 'customer'>>(
    'SELECT id, version, status, amount FROM orders WHERE customer = $1 ORDER BY id',
    [customer],
  );
  return rows;
}

export async function summaryOf(
  pool: pg.Pool,
  customer: string,
): Promise<{ orders: number; total: number } | undefined> {
  const { rows } = await pool.query<{ orders: number; total: number }>(
    `SELECT count(*)::integer AS orders, coalesce(sum(amount), 0)::integer AS total
       FROM orders WHERE customer = $1 AND status = 'OPEN'`,
    [customer],
  );
  return rows[0];
}
