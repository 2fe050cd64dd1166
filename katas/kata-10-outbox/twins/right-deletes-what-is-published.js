import { publish, serve, transaction } from './twin.mjs';

serve({
  relay: () =>
    transaction(async (tx) => {
      const { rows: locked } = await tx.query('SELECT pg_try_advisory_xact_lock(10) AS mine');
      if (!locked[0].mine) return 0;
      const { rows } = await tx.query('DELETE FROM outbox RETURNING position, id, payload');
      rows.sort((a, b) => Number(a.position) - Number(b.position));
      if (rows.length > 0) await publish(rows.map(({ id, payload }) => ({ id, body: payload })));
      return rows.length;
    }),
});
