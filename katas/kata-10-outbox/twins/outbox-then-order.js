import { insertEvent, insertOrder, pool, serve } from './twin.mjs';

serve({
  async place(order) {
    const { rows } = await pool.query('SELECT FROM orders WHERE id = $1', [order.id]);
    if (rows.length > 0) return;
    await insertEvent(pool, order);
    await insertOrder(pool, order);
  },
});
