import { insertEvent, serve, transaction } from './twin.mjs';

// The client had no answer, asks again, and is told that something is wrong.
serve({
  place: (order) =>
    transaction(async (tx) => {
      await tx.query('INSERT INTO orders (id, customer, amount) VALUES ($1, $2, $3)', [
        ...[order.id, order.customer, order.amount],
      ]);
      await insertEvent(tx, order);
    }),
});
