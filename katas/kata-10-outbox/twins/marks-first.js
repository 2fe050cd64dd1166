import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// At most once: what is marked and not yet published is forgotten by a crash.
serve({
  async relay() {
    const rows = await transaction(async (tx) => {
      const found = await unpublished(tx);
      await mark(tx, found);
      return found;
    });
    if (rows.length > 0) await publish(eventsOf(rows));
    return rows.length;
  },
});
