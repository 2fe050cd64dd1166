// Three attempts in a row on one delivery; a shutdown lets it finish.
import { setTimeout as sleep } from 'node:timers/promises';
import { ack, attempts, copy, dead, run, ship } from './twin.mjs';

await run(async (message, channel) => {
  for (let made = 1; made <= attempts; made += 1) {
    try {
      await ship(message);
      break;
    } catch (error) {
      const headers = { 'x-attempts': made, 'x-reason': error.message };
      if (made === attempts) await copy(channel, dead, message, headers);
      else await sleep(20);
    }
  }
  ack(channel, message);
});
