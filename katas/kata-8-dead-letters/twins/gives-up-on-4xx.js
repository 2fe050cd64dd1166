// Takes what the warehouse answers with 4xx for final, at the first attempt.
import { ack, copy, dead, giveUpOrAgain, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  if (!error.message.startsWith('4')) return giveUpOrAgain(message, channel, error);
  const headers = { 'x-attempts': madeOf(message) + 1, 'x-reason': error.message };
  await copy(channel, dead, message, headers);
  ack(channel, message);
});
