import { serve, take } from './twin.mjs';

// The same order is being placed already, so it is as good as placed.
const underWay = new Set();

serve({
  async place(order) {
    if (underWay.has(order.id)) return;
    underWay.add(order.id);
    await take(order).finally(() => underWay.delete(order.id));
  },
});
