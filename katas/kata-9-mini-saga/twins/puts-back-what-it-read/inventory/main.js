import { one, tell } from '../../twin.mjs';
import { inventory, noteReservation, reservationOf } from '../../twin-inventory.mjs';

/** Reads what there is, adds, and writes the sum: over whatever was reserved in between. */
async function release(tx, told) {
  const { order, sku, quantity } = told;
  const reservation = await reservationOf(tx, told);
  if (!reservation) return noteReservation(tx, told, 'CANCELLED');
  if (reservation.status !== 'RESERVED') return;
  if (await one(tx, 'SELECT 1 AS yes FROM releases WHERE order_id = $1', order)) return;
  const { available } = await one(tx, 'SELECT available FROM stock WHERE sku = $1', sku);
  await tx.query('INSERT INTO releases (order_id, sku, quantity) VALUES ($1, $2, $3)', [
    ...[order, sku, quantity],
  ]);
  await tx.query('UPDATE stock SET available = $2 WHERE sku = $1', [sku, available + quantity]);
  await tell(tx, 'StockReleased', told);
}

inventory({ OrderRejected: release });
