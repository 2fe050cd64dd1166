/**
 * Goes by the version, but sets the quantity to what it read less its own. The warehouse knows of no
 * version: what it adds in between is overwritten.
 */
import { record, serve, sold, soldOut, think, transaction } from './twin.mjs';

async function attempt(client, { sku, buyer, quantity }) {
  const { rows } = await client.query('SELECT quantity, version FROM stock WHERE sku = $1', [sku]);
  const { quantity: stock, version } = rows[0] ?? { quantity: 0, version: 0 };
  if (stock < quantity) return soldOut(stock);
  await think();
  const { rowCount } = await client.query(
    'UPDATE stock SET quantity = $2, version = version + 1 WHERE sku = $1 AND version = $3',
    [sku, stock - quantity, version],
  );
  return rowCount === 1 ? sold(await record(client, { sku, buyer, quantity }), stock) : undefined;
}

serve(async (order) => {
  for (;;) {
    const answer = await transaction((client) => attempt(client, order));
    if (answer) return answer;
  }
});
