import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// Cents, says the one; units, says the other.
serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      const events = eventsOf(rows).map(({ id, body }) => ({
        id,
        body: { ...body, amount: body.amount * 100 },
      }));
      if (rows.length > 0) await publish(events);
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
