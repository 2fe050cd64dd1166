import { one, tell } from '../../twin.mjs';
import { inventory, release, reservationOf } from '../../twin-inventory.mjs';

/** There is a row for the order: whether goods were taken for it is not asked. */
async function releaseAll(tx, told) {
  const reservation = await reservationOf(tx, told);
  if (reservation?.status !== 'REJECTED') return release(tx, told);
  if (await one(tx, 'SELECT 1 AS yes FROM releases WHERE order_id = $1', told.order)) return;
  const values = [told.sku, told.quantity];
  await tx.query('INSERT INTO releases (order_id, sku, quantity) VALUES ($1, $2, $3)', [
    ...[told.order, ...values],
  ]);
  await tx.query('UPDATE stock SET available = available + $2 WHERE sku = $1', values);
  await tell(tx, 'StockReleased', told);
}

inventory({ OrderRejected: releaseAll });
