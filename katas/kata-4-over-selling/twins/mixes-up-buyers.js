// The rows name buyers who did ask, and were refused: each sale is booked for the one before.
import { record, serve, sold, soldOut, take, transaction } from './twin.mjs';

let last = 'b-100';

serve((order) => {
  const buyer = last;
  last = order.buyer;
  return transaction(async (client) => {
    const stock = await take(client, order);
    if (stock === undefined) return soldOut();
    return sold(await record(client, { ...order, buyer }), stock);
  });
});
