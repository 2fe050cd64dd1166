/** "One call for each order": a flag is set before it, and whoever finds the flag need not call. */
import { confirm, placed, pool, serve, store } from './twin.mjs';

await serve({
  start: () =>
    pool.query('CREATE TABLE IF NOT EXISTS claims (id text PRIMARY KEY)').catch(() => {}),
  async place(order) {
    await store(order);
    const { rowCount } = await pool.query('INSERT INTO claims VALUES ($1) ON CONFLICT DO NOTHING', [
      order.id,
    ]);
    if (rowCount === 1)
      await confirm(order.id).catch(async (error) => {
        await pool.query('DELETE FROM claims WHERE id = $1', [order.id]);
        throw error;
      });
    return placed(order);
  },
});
