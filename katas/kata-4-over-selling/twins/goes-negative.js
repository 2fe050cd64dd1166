// Never overwrites what another buyer wrote, but decides on what it read: the stock ends below 0.
import { read, record, serve, sold, soldOut, think, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const stock = await read(client, order);
    if (stock < order.quantity) return soldOut(stock);
    await think();
    await client.query('UPDATE stock SET quantity = quantity - $2 WHERE sku = $1', [
      order.sku,
      order.quantity,
    ]);
    return sold(await record(client, order), stock);
  }),
);
