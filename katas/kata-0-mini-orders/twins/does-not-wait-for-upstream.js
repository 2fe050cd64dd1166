import { confirm, placed, serve, store } from './twin.mjs';

/** The call is on its way; so is the answer. */
serve({
  async place(order) {
    await store(order);
    confirm(order.id).catch((error) => console.error(error));
    return placed(order);
  },
});
