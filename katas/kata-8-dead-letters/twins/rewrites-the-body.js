// Wraps the dead letter in an envelope of its own: nobody can send it again as it was.
import { ack, attempts, copy, dead, giveUpOrAgain, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const made = madeOf(message) + 1;
  if (made < attempts) return giveUpOrAgain(message, channel, error);
  const content = Buffer.from(JSON.stringify({ original: message.body, error: error.message }));
  const headers = { 'x-attempts': made, 'x-reason': error.message };
  await copy(channel, dead, message, headers, { content });
  ack(channel, message);
});
