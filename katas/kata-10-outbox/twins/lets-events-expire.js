import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// Old orders are of no use; a consumer that was away for a while misses the others too.
serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      if (rows.length > 0) await publish(eventsOf(rows), { expiration: '3000' });
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
