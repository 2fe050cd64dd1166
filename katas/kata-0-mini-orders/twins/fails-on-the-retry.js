import { confirm, placed, pool, serve } from './twin.mjs';

/** An order that is there already meets the primary key, and the client hears 500. */
serve({
  async place(order) {
    await pool.query('INSERT INTO orders (id, item) VALUES ($1, $2)', [order.id, order.item]);
    await confirm(order.id);
    return placed(order);
  },
});
