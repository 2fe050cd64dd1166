import { setTimeout as sleep } from 'node:timers/promises';
import { serve, take, Unavailable } from './twin.mjs';

// It stops waiting after a second, and the transaction goes on without it.
serve({
  place: (order) =>
    Promise.race([
      take(order),
      sleep(1_000).then(() => {
        throw new Unavailable('it takes too long');
      }),
    ]),
});
