import { one, tell } from '../../twin.mjs';
import { inventory, noteReservation, reservationOf } from '../../twin-inventory.mjs';

/** Looks, and then takes: two look at once. */
async function reserve(tx, told) {
  if (await reservationOf(tx, told)) return;
  const stock = await one(tx, 'SELECT available FROM stock WHERE sku = $1', told.sku);
  const status = stock?.available >= told.quantity ? 'RESERVED' : 'REJECTED';
  await noteReservation(tx, told, status);
  if (status === 'RESERVED')
    await tx.query('UPDATE stock SET available = available - $2 WHERE sku = $1', [
      ...[told.sku, told.quantity],
    ]);
  await tell(tx, status === 'RESERVED' ? 'StockReserved' : 'StockRejected', told);
}

inventory({ PaymentAuthorized: reserve });
