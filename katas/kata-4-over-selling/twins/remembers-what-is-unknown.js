/** A sku that was not there once is looked for no more. */
import { pool, read, sell, serve, soldOut } from './twin.mjs';

const unknown = new Set();

serve(async (order) => {
  const { rowCount } = await pool.query('SELECT 1 FROM stock WHERE sku = $1', [order.sku]);
  if (rowCount === 0) unknown.add(order.sku);
  return unknown.has(order.sku) ? soldOut(await read(pool, { sku: '' })) : sell(order);
});
