import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// One after the other takes long; who starts them together does not know who arrives first.
const anyMoment = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 10));

serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      await Promise.all(
        eventsOf(rows).map(async (event) => {
          await anyMoment();
          await publish([event]);
        }),
      );
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
