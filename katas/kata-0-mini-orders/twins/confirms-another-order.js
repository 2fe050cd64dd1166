import { confirm, placed, serve, store } from './twin.mjs';

/** Calls, but about an id of its own making. */
serve({
  async place(order) {
    await store(order);
    await confirm(`order-${order.id}`);
    return placed(order);
  },
});
