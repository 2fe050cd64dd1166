// The row names another product.
import { record, serve, sold, soldOut, take, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const stock = await take(client, order);
    if (stock === undefined) return soldOut();
    return sold(await record(client, { ...order, sku: `${order.sku}-blue` }), stock);
  }),
);
