/** Tidy: what upstream does not confirm leaves no row. Whether another replica has told 201 it cannot know. */
import { confirm, placed, pool, serve, store } from './twin.mjs';

await serve({
  async place(order) {
    await store(order);
    await confirm(order.id).catch(async (error) => {
      await pool.query('DELETE FROM orders WHERE id = $1', [order.id]);
      throw error;
    });
    return placed(order);
  },
});
