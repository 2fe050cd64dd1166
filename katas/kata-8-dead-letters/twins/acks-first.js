// Acknowledges, then publishes: a crash in between leaves nothing.
import { ack, attempts, copy, dead, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const made = madeOf(message) + 1;
  ack(channel, message);
  const headers = { 'x-attempts': made, 'x-reason': error.message };
  await copy(channel, made < attempts ? 'work' : dead, message, headers);
});
