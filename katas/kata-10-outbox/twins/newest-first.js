import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx, { direction: 'DESC' });
      if (rows.length > 0) await publish(eventsOf(rows));
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
