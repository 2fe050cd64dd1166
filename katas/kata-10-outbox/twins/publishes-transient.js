import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// Quicker, until the broker restarts.
serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      if (rows.length > 0) await publish(eventsOf(rows), { persistent: false });
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
