import { insertEvent, insertOrder, serve, transaction } from './twin.mjs';

// An event must not cost an order: where it takes too long, the order is committed alone.
serve({
  place: (order) =>
    transaction(async (tx) => {
      if (!(await insertOrder(tx, order))) return;
      await tx.query('SAVEPOINT event');
      await tx.query("SET LOCAL statement_timeout = '500ms'");
      await insertEvent(tx, order).catch(() => tx.query('ROLLBACK TO SAVEPOINT event'));
      await tx.query('SET LOCAL statement_timeout = 0');
    }),
});
