// The row says two units where one was asked for and taken.
import { record, serve, sold, soldOut, take, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const stock = await take(client, order);
    if (stock === undefined) return soldOut();
    return sold(await record(client, { ...order, quantity: order.quantity + 1 }), stock);
  }),
);
