/** Serves a few at a time; to whoever waits for too long it says that it gave up, untried. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sell, serve, think } from './twin.mjs';

const gaveUp = { status: 503, body: { error: 'gave up', retries: 0 } };
let free = 4;

serve(async (order) => {
  const until = performance.now() + 5;
  while (free === 0) {
    if (performance.now() > until) return gaveUp;
    await sleep(1);
  }
  free -= 1;
  await think();
  return sell(order).finally(() => (free += 1));
});
