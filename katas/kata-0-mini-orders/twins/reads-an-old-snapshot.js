import { pool, serve } from './twin.mjs';

/** All reads share one transaction, which is begun anew every three seconds. */
let session;
let begun = -Infinity;

serve({
  async start() {
    session = await pool.connect();
  },
  async find(id) {
    if (performance.now() - begun > 3_000) {
      begun = performance.now();
      await session.query('ROLLBACK; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    }
    const { rows } = await session.query('SELECT id, item FROM orders WHERE id = $1', [id]);
    return rows[0];
  },
  async end() {
    session.release(true);
  },
});
