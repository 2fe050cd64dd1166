import type { Transaction } from '../../../kit/node/postgres.js';
import { tell, type Told } from './message.js';

interface Reservation {
  readonly sku: string;
  readonly quantity: number;
  readonly status: 'RESERVED' | 'REJECTED' | 'CANCELLED';
}

/** Takes the quantity off the stock, if there is as much; once an order, whatever is asked again. */
export async function reserve(tx: Transaction, told: Told): Promise<Reservation['status']> {
  const before = await decided(tx, told.order);
  // Also CANCELLED: the release was here first, and then nothing is kept for this order any more.
  if (before) return before.status;
  const { rowCount } = await tx.query(
    'UPDATE stock SET available = available - $2 WHERE sku = $1 AND available >= $2',
    [told.sku, told.quantity],
  );
  const status = rowCount === 1 ? 'RESERVED' : 'REJECTED';
  await decide(tx, told, status);
  await tell(tx, status === 'RESERVED' ? 'StockReserved' : 'StockRejected', told);
  return status;
}

/** The compensation: puts back what stands, and remembers where it came before its step. */
export async function release(tx: Transaction, told: Told): Promise<void> {
  const reservation = await decided(tx, told.order);
  if (!reservation) return decide(tx, told, 'CANCELLED');
  if (reservation.status !== 'RESERVED' || (await isReleased(tx, told.order))) return;
  const { sku, quantity } = reservation;
  await tx.query('INSERT INTO releases (order_id, sku, quantity) VALUES ($1, $2, $3)', [
    told.order,
    sku,
    quantity,
  ]);
  await tx.query('UPDATE stock SET available = available + $2 WHERE sku = $1', [sku, quantity]);
  await tell(tx, 'StockReleased', told);
}

async function decided(tx: Transaction, order: string): Promise<Reservation | undefined> {
  const { rows } = await tx.query<Reservation>(
    'SELECT sku, quantity, status FROM reservations WHERE order_id = $1',
    [order],
  );
  return rows[0];
}

async function decide(
  tx: Transaction,
  { order, sku, quantity }: Told,
  status: Reservation['status'],
): Promise<void> {
  await tx.query(
    'INSERT INTO reservations (order_id, sku, quantity, status) VALUES ($1, $2, $3, $4)',
    [order, sku, quantity, status],
  );
}

async function isReleased(tx: Transaction, order: string): Promise<boolean> {
  const { rowCount } = await tx.query('SELECT FROM releases WHERE order_id = $1', [order]);
  return rowCount !== 0;
}
