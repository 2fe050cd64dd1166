// Does everything right, and never says so to the broker.
import { again, attemptOf, attempts, charge, giveUp, run } from './twin.mjs';

run(
  async (message, channel) => {
    if (await charge(message.id)) return;
    if (attemptOf(message) >= attempts) await giveUp(channel, message);
    else await again(channel, message);
  },
  { hands: 0 },
);
