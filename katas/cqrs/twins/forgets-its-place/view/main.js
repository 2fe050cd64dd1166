import { nextOf, pool, project, transaction, view } from '../../twin.mjs';

/** A place in its memory alone: after a crash it goes on with what comes from then on. */
let next;

view({
  async fold(event, after) {
    if (event) await transaction((tx) => project(tx, event));
    next = after;
  },
  async from() {
    const rows = await pool.query('SELECT 1 FROM orders LIMIT 1');
    return next ?? (await nextOf(pool)) ?? (rows.rowCount > 0 ? 'next' : 'first');
  },
});
