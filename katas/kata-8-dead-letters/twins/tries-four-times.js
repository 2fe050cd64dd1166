// "More than three" instead of "three": one attempt too many.
import { ack, attempts, copy, dead, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const made = madeOf(message) + 1;
  const headers = { 'x-attempts': made, 'x-reason': error.message };
  await copy(channel, made > attempts ? dead : 'work', message, headers);
  ack(channel, message);
});
