// Buyers of one product stand in line at an advisory lock; the row itself is not locked.
import { read, record, serve, sold, soldOut, take, think, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [order.sku]);
    const stock = await read(client, order);
    if (stock < order.quantity) return soldOut(stock);
    await think();
    await take(client, order);
    return sold(await record(client, order), stock);
  }),
);
