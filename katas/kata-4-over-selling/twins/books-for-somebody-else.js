// The row names a buyer who never asked.
import { record, serve, sold, soldOut, take, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const stock = await take(client, order);
    if (stock === undefined) return soldOut();
    return sold(await record(client, { ...order, buyer: `${order.buyer}-friend` }), stock);
  }),
);
