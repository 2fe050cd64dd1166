// Dead letters with a count, and nobody knows why.
import { ack, attempts, copy, dead, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel) => {
  const made = madeOf(message) + 1;
  await copy(channel, made < attempts ? 'work' : dead, message, { 'x-attempts': made });
  ack(channel, message);
});
