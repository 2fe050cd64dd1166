import { eventsOf, publish, serve, transaction } from './twin.mjs';

// It looks so seldom that nothing seems to overtake anything.
serve({
  idleMs: 2_000,
  relay: () =>
    transaction(async (tx) => {
      const { rows: places } = await tx.query(
        `SELECT position FROM relay WHERE name = 'orders' FOR UPDATE SKIP LOCKED`,
      );
      if (!places[0]) return 0;
      const { rows } = await tx.query(
        'SELECT position, id, payload FROM outbox WHERE position > $1 ORDER BY position LIMIT 50',
        [places[0].position],
      );
      if (rows.length === 0) return 0;
      await publish(eventsOf(rows));
      await tx.query('UPDATE relay SET position = $1', [rows.at(-1).position]);
      return rows.length;
    }),
});
