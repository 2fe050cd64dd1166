// Sells to whoever read that some is left, and stops the stock at 0 where nobody sees it.
import { read, record, serve, sold, soldOut, think, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const stock = await read(client, order);
    if (stock < order.quantity) return soldOut(stock);
    await think();
    await client.query('UPDATE stock SET quantity = greatest(quantity - $2, 0) WHERE sku = $1', [
      order.sku,
      order.quantity,
    ]);
    return sold(await record(client, order), stock);
  }),
);
