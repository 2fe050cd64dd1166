import { insertEvent, insertOrder, serve, transaction } from './twin.mjs';

// Looks for the order first; of two that come at once both find nothing, and both write an event.
serve({
  place: (order) =>
    transaction(async (tx) => {
      const { rowCount } = await tx.query('SELECT id FROM orders WHERE id = $1', [order.id]);
      if (rowCount > 0) return;
      await insertOrder(tx, order);
      await insertEvent(tx, order);
    }),
});
