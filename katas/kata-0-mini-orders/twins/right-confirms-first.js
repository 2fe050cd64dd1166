import { confirm, placed, serve, store } from './twin.mjs';

/** The two side effects the other way round: both are there before the answer. */
serve({
  async place(order) {
    await confirm(order.id);
    await store(order);
    return placed(order);
  },
});
