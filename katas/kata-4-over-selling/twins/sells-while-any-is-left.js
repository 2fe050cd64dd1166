/**
 * Asks whether any unit is left, not whether as many are as are wanted: right for one at a time.
 */
import { read, record, serve, sold, soldOut, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const { rows } = await client.query(
      `UPDATE stock SET quantity = quantity - $2 WHERE sku = $1 AND quantity > 0
        RETURNING quantity + $2 AS stock`,
      [order.sku, order.quantity],
    );
    const stock = rows[0]?.stock;
    return stock === undefined
      ? soldOut(await read(client, order))
      : sold(await record(client, order), stock);
  }),
);
