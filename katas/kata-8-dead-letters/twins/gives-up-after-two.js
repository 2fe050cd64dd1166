// Two attempts instead of three: what would have worked at the third is a dead letter, too.
import { ack, copy, dead, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const made = madeOf(message) + 1;
  const headers = { 'x-attempts': made, 'x-reason': error.message };
  await copy(channel, made < 2 ? 'work' : dead, message, headers);
  ack(channel, message);
});
