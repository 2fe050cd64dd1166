import { confirm, placed, serve, store } from './twin.mjs';

/** "Upstream is warm now": each process calls once and never again. */
let confirmed = false;

serve({
  async place(order) {
    await store(order);
    if (!confirmed) {
      confirmed = true;
      await confirm(order.id);
    }
    return placed(order);
  },
});
