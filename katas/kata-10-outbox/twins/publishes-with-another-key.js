import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// Nobody has bound a queue to it.
serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      if (rows.length > 0) await publish(eventsOf(rows), { key: 'order.created' });
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
