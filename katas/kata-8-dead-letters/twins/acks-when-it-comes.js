// Consumes without acknowledgements: what is in hand when the broker dies is gone.
import { attempts, copy, dead, madeOf, run, ship } from './twin.mjs';

await run(
  async (message, channel) => {
    try {
      await ship(message);
    } catch (error) {
      const made = madeOf(message) + 1;
      const headers = { 'x-attempts': made, 'x-reason': error.message };
      await copy(channel, made < attempts ? 'work' : dead, message, headers).catch(() => undefined);
    }
  },
  { noAck: true },
);
