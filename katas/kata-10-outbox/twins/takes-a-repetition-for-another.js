import { insertEvent, insertOrder, serve, transaction } from './twin.mjs';

// The order is there once, and its event goes out with every request that names it.
serve({
  place: (order) =>
    transaction(async (tx) => {
      await insertOrder(tx, order);
      await insertEvent(tx, order);
    }),
});
