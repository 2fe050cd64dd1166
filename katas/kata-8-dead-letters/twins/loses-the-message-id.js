// The copy has the body and a new name.
import { ack, attempts, copy, dead, giveUpOrAgain, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const made = madeOf(message) + 1;
  if (made < attempts) return giveUpOrAgain(message, channel, error);
  const headers = { 'x-attempts': made, 'x-reason': error.message };
  await copy(channel, dead, message, headers, { messageId: `dead-${message.id}` });
  ack(channel, message);
});
