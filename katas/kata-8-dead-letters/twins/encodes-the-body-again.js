// The dead letter is written anew from what was read: the same order, and not the same bytes.
import { ack, attempts, copy, dead, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const made = madeOf(message) + 1;
  const headers = { 'x-attempts': made, 'x-reason': error.message };
  const content = Buffer.from(JSON.stringify(message.body));
  if (made < attempts) await copy(channel, 'work', message, headers);
  else await copy(channel, dead, message, headers, { content });
  ack(channel, message);
});
