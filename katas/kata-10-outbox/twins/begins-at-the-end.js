import { eventsOf, pool, publish, serve, transaction } from './twin.mjs';

// How far it is stands in memory; after a restart it begins with what comes next.
let last;
serve({
  relay: () =>
    transaction(async (tx) => {
      const { rows: locked } = await tx.query('SELECT pg_try_advisory_xact_lock(10) AS mine');
      if (!locked[0].mine) return 0;
      last ??= (await pool.query('SELECT COALESCE(max(position), 0) AS top FROM outbox')).rows[0]
        .top;
      const { rows } = await tx.query(
        'SELECT position, id, payload FROM outbox WHERE position > $1 ORDER BY position',
        [last],
      );
      if (rows.length > 0) await publish(eventsOf(rows));
      last = rows.at(-1)?.position ?? last;
      return rows.length;
    }),
});
