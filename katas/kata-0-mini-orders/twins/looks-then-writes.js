import { confirm, find, placed, pool, serve } from './twin.mjs';

/** Two that look at once both find nothing, and one of them meets the primary key. */
serve({
  async place({ id, item }) {
    if (!(await find(id)))
      await pool.query('INSERT INTO orders (id, item) VALUES ($1, $2)', [id, item]);
    await confirm(id);
    return placed({ id });
  },
});
