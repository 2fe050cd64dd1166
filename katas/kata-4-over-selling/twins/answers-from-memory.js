// Reads the stock once and counts by itself from then on: right until somebody else writes.
import { pool, record, serve, sold, soldOut, transaction } from './twin.mjs';

const { rows } = await pool.query('SELECT sku, quantity FROM stock');
const stocks = new Map(rows.map((row) => [row.sku, row.quantity]));

serve(async (order) => {
  const stock = stocks.get(order.sku) ?? 0;
  if (stock < order.quantity) return soldOut(stock);
  stocks.set(order.sku, stock - order.quantity);
  return transaction(async (client) => {
    await client.query('UPDATE stock SET quantity = quantity - $2 WHERE sku = $1', [
      order.sku,
      order.quantity,
    ]);
    return sold(await record(client, order), stock);
  });
});
