/** Who finds a claim waits for a while until its call has been made, and then believes that it has. */
import { confirm, placed, pool, serve, store } from './twin.mjs';

const tries = 10;

await serve({
  start: () =>
    pool
      .query('CREATE TABLE IF NOT EXISTS claims (id text PRIMARY KEY, is_made boolean)')
      .catch(() => {}),
  async place(order) {
    await store(order);
    const { rowCount } = await pool.query(
      'INSERT INTO claims VALUES ($1, false) ON CONFLICT DO NOTHING',
      [order.id],
    );
    if (rowCount === 1) {
      await confirm(order.id).catch(async (error) => {
        await pool.query('DELETE FROM claims WHERE id = $1', [order.id]);
        throw error;
      });
      await pool.query('UPDATE claims SET is_made = true WHERE id = $1', [order.id]);
    } else await othersCall(order.id);
    return placed(order);
  },
});

async function othersCall(id) {
  for (let tried = 0; tried < tries; tried += 1) {
    const { rows } = await pool.query('SELECT is_made FROM claims WHERE id = $1', [id]);
    if (rows[0]?.is_made) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
