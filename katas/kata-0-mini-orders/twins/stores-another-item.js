import { confirm, placed, serve, store } from './twin.mjs';

/** The answer is right; the row is not. */
serve({
  async place(order) {
    await store({ ...order, item: 'sold out' });
    await confirm(order.id);
    return placed(order);
  },
});
