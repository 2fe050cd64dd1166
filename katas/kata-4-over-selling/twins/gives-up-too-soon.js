// The optimistic cure without its retries: whoever loses once gets 503.
import { record, serve, sold, soldOut, think, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const { rows } = await client.query('SELECT quantity, version FROM stock WHERE sku = $1', [
      order.sku,
    ]);
    const { quantity: stock, version } = rows[0];
    if (stock < order.quantity) return soldOut(stock);
    await think();
    const { rowCount } = await client.query(
      `UPDATE stock SET quantity = quantity - $3, version = version + 1
        WHERE sku = $1 AND version = $2`,
      [order.sku, version, order.quantity],
    );
    if (rowCount === 0) return { status: 503, body: { error: 'gave up', retries: 0 } };
    return sold(await record(client, order), stock);
  }),
);
