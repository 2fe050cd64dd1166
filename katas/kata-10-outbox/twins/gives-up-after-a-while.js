import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// Two tries, and then it is taken for a bad event.
let tries = 0;
serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      if (rows.length === 0) return 0;
      try {
        await publish(eventsOf(rows), { withinMs: 150 });
        tries = 0;
      } catch (error) {
        tries += 1;
        if (tries < 2) throw error;
        tries = 0;
      }
      await mark(tx, rows);
      return rows.length;
    }),
});
