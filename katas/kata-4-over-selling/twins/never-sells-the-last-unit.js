// Off by one: > where >= is meant.
import { read, record, serve, sold, soldOut, take, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const stock = await read(client, order, 'FOR UPDATE');
    if (!(stock > order.quantity)) return soldOut(stock);
    await take(client, order);
    return sold(await record(client, order), stock);
  }),
);
