import { insertEvent, insertOrder, serve, transaction } from './twin.mjs';

class Known extends Error {}

// Both or neither, in whichever order.
serve({
  place: (order) =>
    transaction(async (tx) => {
      await insertEvent(tx, order);
      if (!(await insertOrder(tx, order))) throw new Known();
    }).catch((error) => {
      if (!(error instanceof Known)) throw error;
    }),
});
