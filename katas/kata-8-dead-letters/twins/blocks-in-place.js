// Tries again where it stands, for as long as it takes: five of them, and nobody else moves.
import { setTimeout as sleep } from 'node:timers/promises';
import { ack, ship, run, giveUpOrAgain } from './twin.mjs';

await run(async (message, channel) => {
  for (let made = 1; ; made += 1) {
    try {
      await ship(message);
      return ack(channel, message);
    } catch (error) {
      if (typeof message.body?.id !== 'string') return giveUpOrAgain(message, channel, error);
      await sleep(2);
    }
  }
});
