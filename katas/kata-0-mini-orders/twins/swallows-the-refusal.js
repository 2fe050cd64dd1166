import { confirm, placed, serve, store } from './twin.mjs';

/** The order is there, so the client hears 201, whatever upstream said. */
serve({
  async place(order) {
    await store(order);
    await confirm(order.id).catch((error) => console.error(error));
    return placed(order);
  },
});
