import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// At least once, and now always twice: a consumer drops the second by its id.
serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      const events = eventsOf(rows);
      if (rows.length > 0) await publish([...events, ...events]);
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
