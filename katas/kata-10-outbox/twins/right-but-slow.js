import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// One at a time, and a look now and then.
serve({
  idleMs: 700,
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx, { limit: 1 });
      if (rows.length > 0) await publish(eventsOf(rows));
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
