import { eventsOf, mark, publish, serve, transaction, unpublished } from './twin.mjs';

// allSettled fails for nobody: what was refused is marked with the rest.
serve({
  relay: () =>
    transaction(async (tx) => {
      const rows = await unpublished(tx);
      await Promise.allSettled(
        eventsOf(rows).map((event) => publish([event], { withinMs: 5_000 })),
      );
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
