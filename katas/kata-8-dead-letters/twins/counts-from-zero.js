// Tries three times, and tells of two: the count was taken before the attempt.
import { ack, attempts, copy, dead, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const before = madeOf(message);
  if (before + 1 < attempts) await copy(channel, 'work', message, { 'x-attempts': before + 1 });
  else await copy(channel, dead, message, { 'x-attempts': before, 'x-reason': error.message });
  ack(channel, message);
});
