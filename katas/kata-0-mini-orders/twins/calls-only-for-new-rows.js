import { confirm, placed, pool, serve } from './twin.mjs';

/** Takes a row that is there for a call that was made: the first attempt may have failed between. */
serve({
  async place({ id, item }) {
    const sql = 'INSERT INTO orders (id, item) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING';
    const { rowCount } = await pool.query(sql, [id, item]);
    if (rowCount === 1) await confirm(id);
    return placed({ id });
  },
});
