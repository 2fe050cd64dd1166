import { randomUUID } from 'node:crypto';
import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      const events = eventsOf(rows).map(({ body }) => ({ id: randomUUID(), body }));
      if (rows.length > 0) await publish(events);
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
