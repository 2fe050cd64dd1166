// A queue in front of the database: one purchase at a time, on one connection.
import { read, record, serve, sold, soldOut, take, think, transaction } from './twin.mjs';

let last = Promise.resolve();

serve((order) => {
  const mine = last.then(() => sellTo(order));
  last = mine.catch(() => undefined);
  return mine;
});

function sellTo(order) {
  return transaction(async (client) => {
    const stock = await read(client, order, 'FOR UPDATE');
    if (stock < order.quantity) return soldOut(stock);
    await think();
    await take(client, order);
    return sold(await record(client, order), stock);
  });
}
