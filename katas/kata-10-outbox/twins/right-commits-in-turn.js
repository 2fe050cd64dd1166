import { insertEvent, insertOrder, serve, transaction } from './twin.mjs';

// Positions are given in the order of the commits: a lock sees to it. One at a time, but right.
serve({
  place: (order) =>
    transaction(async (tx) => {
      if (!(await insertOrder(tx, order))) return;
      await tx.query('SELECT pg_advisory_xact_lock(11)');
      await insertEvent(tx, order);
    }),
});
