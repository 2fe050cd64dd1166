import { pool, project, transaction, view } from '../../twin.mjs';

/** It remembers no place, and needs none: all of it again changes nothing. */
let next;

view({
  async fold(event, after) {
    if (event) await transaction((tx) => project(tx, event));
    next = after;
  },
  from: async () => next ?? 'first',
  summaryOf: async (customer) =>
    (
      await pool.query(
        `SELECT count(*) FILTER (WHERE status = 'OPEN')::integer AS orders,
                coalesce(sum(amount) FILTER (WHERE status = 'OPEN'), 0)::integer AS total
           FROM orders WHERE customer = $1`,
        [customer],
      )
    ).rows[0],
});
