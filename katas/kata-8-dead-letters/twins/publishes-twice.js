// Tells the dead letters twice, to be sure.
import { ack, attempts, copy, dead, giveUpOrAgain, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const made = madeOf(message) + 1;
  if (made < attempts) return giveUpOrAgain(message, channel, error);
  const headers = { 'x-attempts': made, 'x-reason': error.message };
  await Promise.all([1, 2].map(() => copy(channel, dead, message, headers)));
  ack(channel, message);
});
