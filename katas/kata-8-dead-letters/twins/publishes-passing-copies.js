// The copies for the next attempt are not persistent: a broker that restarts forgets them.
import { ack, attempts, copy, giveUpOrAgain, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const made = madeOf(message) + 1;
  if (made === attempts) return giveUpOrAgain(message, channel, error);
  await copy(channel, 'work', message, { 'x-attempts': made }, { persistent: false });
  ack(channel, message);
});
