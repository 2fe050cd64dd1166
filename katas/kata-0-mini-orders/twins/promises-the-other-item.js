import { confirm, serve, store } from './twin.mjs';

/** Keeps the first order and tells the client that it has stored the second. */
serve({
  async place(order) {
    await store(order);
    await confirm(order.id);
    return { status: 201, body: order };
  },
});
