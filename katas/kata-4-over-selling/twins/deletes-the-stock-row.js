// Sells as it should, and clears the row away with the last unit: the restock finds nothing.
import { read, record, serve, sold, soldOut, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const stock = await read(client, order, 'FOR UPDATE');
    if (stock < order.quantity) return soldOut(stock);
    await client.query('UPDATE stock SET quantity = quantity - $2 WHERE sku = $1', [
      order.sku,
      order.quantity,
    ]);
    await client.query('DELETE FROM stock WHERE sku = $1 AND quantity = 0', [order.sku]);
    return sold(await record(client, order), stock);
  }),
);
