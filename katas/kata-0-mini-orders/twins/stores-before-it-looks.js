import { serve, store } from './twin.mjs';

/** The row is written, and then the answer is 400 all the same. */
serve({
  async look(order) {
    if (typeof order?.id === 'string') await store({ id: order.id, item: String(order.item) });
  },
});
