import { eventsOf, mark, publish, serve, transaction } from './twin.mjs';

// What is selected as text is ordered as text: 10000 comes before 9999.
serve({
  relay: () =>
    transaction(async (tx) => {
      const { rows: locked } = await tx.query('SELECT pg_try_advisory_xact_lock(10) AS mine');
      if (!locked[0].mine) return 0;
      const { rows } = await tx.query(
        `SELECT position::text, id, payload FROM outbox WHERE published_at IS NULL
         ORDER BY position LIMIT 50`,
      );
      if (rows.length > 0) await publish(eventsOf(rows));
      if (rows.length > 0) await mark(tx, rows);
      return rows.length;
    }),
});
