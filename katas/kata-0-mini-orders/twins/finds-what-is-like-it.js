/** Looks for an order with LIKE: a percent sign and an underscore find others. */
import { pool, serve } from './twin.mjs';

await serve({
  find: async (id) => {
    const sql = 'SELECT id, item FROM orders WHERE id LIKE $1 ORDER BY id = $1 DESC LIMIT 1';
    const { rows } = await pool.query(sql, [id]);
    return rows[0];
  },
});
