// Dead letters that are not persistent: a restart of the broker is the end of them.
import { ack, attempts, copy, dead, giveUpOrAgain, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const made = madeOf(message) + 1;
  if (made < attempts) return giveUpOrAgain(message, channel, error);
  const headers = { 'x-attempts': made, 'x-reason': error.message };
  await copy(channel, dead, message, headers, { persistent: false });
  ack(channel, message);
});
