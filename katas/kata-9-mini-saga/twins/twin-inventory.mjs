/** The honest inventory service in parts, on what all services have. */
import { changes, one, serve, style, tell } from './twin.mjs';

export const reservationOf = (tx, { order }) =>
  one(tx, 'SELECT status FROM reservations WHERE order_id = $1', order);

export const noteReservation = (tx, { order, sku, quantity }, status) =>
  tx.query('INSERT INTO reservations (order_id, sku, quantity, status) VALUES ($1, $2, $3, $4)', [
    ...[order, sku, quantity, status],
  ]);

export async function reserve(tx, told) {
  if (await reservationOf(tx, told)) return;
  const sql = 'UPDATE stock SET available = available - $2 WHERE sku = $1 AND available >= $2';
  const status = (await changes(tx, sql, told.sku, told.quantity)) ? 'RESERVED' : 'REJECTED';
  await noteReservation(tx, told, status);
  await tell(tx, status === 'RESERVED' ? 'StockReserved' : 'StockRejected', told);
}

export async function release(tx, told) {
  const reservation = await reservationOf(tx, told);
  if (!reservation) return noteReservation(tx, told, 'CANCELLED');
  if (reservation.status !== 'RESERVED') return;
  if (await one(tx, 'SELECT 1 AS yes FROM releases WHERE order_id = $1', told.order)) return;
  await tx.query('INSERT INTO releases (order_id, sku, quantity) VALUES ($1, $2, $3)', [
    ...[told.order, told.sku, told.quantity],
  ]);
  await tx.query('UPDATE stock SET available = available + $2 WHERE sku = $1', [
    ...[told.sku, told.quantity],
  ]);
  await tell(tx, 'StockReleased', told);
}

export const inventory = (parts, options) =>
  serve('inventory', {
    reactions: {
      ...(style === 'orchestration'
        ? { ReserveStock: reserve, ReleaseStock: release }
        : { PaymentAuthorized: reserve, OrderRejected: release }),
      ...parts,
    },
    ...options,
  });
