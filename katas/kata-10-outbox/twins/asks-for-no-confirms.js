import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// Written to a socket is not received.
serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      if (rows.length > 0) await publish(eventsOf(rows), { confirms: false });
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
