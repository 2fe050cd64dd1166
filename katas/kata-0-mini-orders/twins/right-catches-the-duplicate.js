import { confirm, placed, pool, serve } from './twin.mjs';

/** Without ON CONFLICT: the refusal of the primary key says that the order is there. */
serve({
  async place(order) {
    await pool
      .query('INSERT INTO orders (id, item) VALUES ($1, $2)', [order.id, order.item])
      .catch((error) => {
        if (error.code !== '23505') throw error;
      });
    await confirm(order.id);
    return placed(order);
  },
});
