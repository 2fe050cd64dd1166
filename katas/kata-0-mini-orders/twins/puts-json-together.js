/** Calls upstream with a body that it puts together by hand: a quote in an id ends it. */
import { confirm, placed, serve, store } from './twin.mjs';

await serve({
  place: async (order) => {
    await store(order);
    await confirm(order.id, { written: `{"order": "${order.id}"}` });
    return placed(order);
  },
});
