import { setTimeout as sleep } from 'node:timers/promises';
import { confirm, placed, serve, store } from './twin.mjs';

/** Whoever says nothing for two seconds has nothing against it. */
serve({
  async place(order) {
    await store(order);
    const call = confirm(order.id);
    call.catch((error) => console.error(error.message));
    await Promise.race([call, sleep(2_000)]);
    return placed(order);
  },
});
