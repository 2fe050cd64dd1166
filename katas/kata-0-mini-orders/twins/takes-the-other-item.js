import { confirm, placed, pool, serve } from './twin.mjs';

/** The last one to come with an id is right. */
serve({
  async place({ id, item }) {
    const sql = `INSERT INTO orders (id, item) VALUES ($1, $2)
      ON CONFLICT (id) DO UPDATE SET item = excluded.item`;
    await pool.query(sql, [id, item]);
    await confirm(id);
    return placed({ id });
  },
});
