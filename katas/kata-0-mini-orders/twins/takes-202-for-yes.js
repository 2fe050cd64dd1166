/** Any status from 200 to 299 is good enough for it. */
import { confirm, placed, serve, store } from './twin.mjs';

await serve({
  place: async (order) => {
    await store(order);
    await confirm(order.id, { isYes: (status) => status >= 200 && status <= 299 });
    return placed(order);
  },
});
