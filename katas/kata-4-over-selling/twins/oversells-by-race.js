// Read, decide, write at read committed: the kata's own failure, in somebody else's program.
import { read, record, serve, sold, soldOut, think, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const stock = await read(client, order);
    if (stock < order.quantity) return soldOut(stock);
    await think();
    await client.query('UPDATE stock SET quantity = $2 WHERE sku = $1', [
      order.sku,
      stock - order.quantity,
    ]);
    return sold(await record(client, order), stock);
  }),
);
