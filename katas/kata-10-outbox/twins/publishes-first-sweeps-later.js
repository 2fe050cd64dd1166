import {
  eventsOf,
  insertEvent,
  insertOrder,
  isConnected,
  mark,
  pool,
  publish,
  serve,
  transaction,
} from './twin.mjs';

// The api publishes what it has committed, where it has a connection; the relays bring only what is a
// second old.
const lately = async ({ id }) => {
  if (!isConnected()) return publish([]);
  const { rows } = await pool.query(
    `SELECT position, id, payload FROM outbox WHERE payload->>'id' = $1 AND published_at IS NULL`,
    [id],
  );
  await publish(eventsOf(rows));
  await mark(pool, rows);
};

serve({
  async place(order) {
    await transaction(async (tx) => {
      if (await insertOrder(tx, order)) await insertEvent(tx, order);
    });
    lately(order).catch(() => undefined);
  },
  relay: () =>
    transaction(async (tx) => {
      const { rows: leads } = await tx.query('SELECT pg_try_advisory_xact_lock(10) AS mine');
      if (!leads[0].mine) return 0;
      const { rows } = await tx.query(
        `SELECT position, id, payload FROM outbox
         WHERE published_at IS NULL AND created_at < clock_timestamp() - interval '1 second'
         ORDER BY position LIMIT 50`,
      );
      if (rows.length === 0) return 0;
      await publish(eventsOf(rows));
      await mark(tx, rows);
      return rows.length;
    }),
});
