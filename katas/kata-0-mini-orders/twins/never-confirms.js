import { placed, serve, store } from './twin.mjs';

/** The side effect that nobody sees from inside is forgotten. */
serve({
  async place(order) {
    await store(order);
    return placed(order);
  },
});
