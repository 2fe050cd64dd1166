// The record goes through the pool, inside a transaction that has a connection of it already: with
// all of them in transactions, nobody gets a second one.
import { pool, read, record, serve, sold, soldOut, think, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const stock = await read(client, order, 'FOR UPDATE');
    if (stock < order.quantity) return soldOut(stock);
    await think();
    await client.query('UPDATE stock SET quantity = quantity - $2 WHERE sku = $1', [
      order.sku,
      order.quantity,
    ]);
    return sold(await record(pool, order), stock);
  }),
);
