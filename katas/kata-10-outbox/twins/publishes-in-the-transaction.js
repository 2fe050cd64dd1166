import { insertOrder, publish, serve, transaction, Unavailable } from './twin.mjs';

// A broker takes no part in the transaction of a database, wherever the line stands.
serve({
  relay: null,
  place: (order) =>
    transaction(async (tx) => {
      await insertOrder(tx, order);
      await publish([{ id: order.id, body: order }]).catch(() => {
        throw new Unavailable('the broker does not answer');
      });
    }),
});
