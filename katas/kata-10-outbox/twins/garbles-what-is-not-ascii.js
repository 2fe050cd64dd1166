import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// Reads the bytes of a name as one character each, and writes them as UTF-8 again.
const garbled = (text) => Buffer.from(text, 'utf8').toString('latin1');

serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      const events = eventsOf(rows).map(({ id, body }) => ({
        id,
        body: { ...body, customer: garbled(body.customer) },
      }));
      if (rows.length > 0) await publish(events);
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
