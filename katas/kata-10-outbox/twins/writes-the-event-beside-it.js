import { insertEvent, insertOrder, pool, serve, transaction } from './twin.mjs';

// The event goes through the pool, so by another connection: it is committed before the order is.
serve({
  place: (order) =>
    transaction(async (tx) => {
      if (await insertOrder(tx, order)) await insertEvent(pool, order);
    }),
});
