// One message after the other, each with time to think.
import { setTimeout as sleep } from 'node:timers/promises';
import { honest, run, takeOnce } from './twin.mjs';

run(
  (message, channel) =>
    honest(message, channel, async (one) => {
      await sleep(5);
      await takeOnce(one);
    }),
  { prefetch: 1 },
);
