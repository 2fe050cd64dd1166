import { confirm, pool, serve, store } from './twin.mjs';

/** Orders live in memory; SIGTERM saves them and the next process loads them. */
const orders = new Map();

serve({
  async start() {
    const { rows } = await pool.query('SELECT id, item FROM orders');
    for (const order of rows) orders.set(order.id, order);
  },
  async place(order) {
    const kept = orders.get(order.id) ?? order;
    orders.set(order.id, kept);
    await confirm(order.id);
    return { status: 201, body: kept };
  },
  find: async (id) => orders.get(id),
  async end() {
    for (const order of orders.values()) await store(order);
  },
});
