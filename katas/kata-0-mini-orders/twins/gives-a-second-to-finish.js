import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from './twin.mjs';

/** Finishes what it has in hand, as long as that takes no longer than a second. */
serve({
  async drain(server, isIdle) {
    server.close();
    const until = performance.now() + 1_000;
    while (!isIdle() && performance.now() < until) await sleep(5);
    server.closeAllConnections();
  },
});
