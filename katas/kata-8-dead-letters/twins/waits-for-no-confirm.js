// Publishes, and acknowledges in the same breath: whether the broker took the copy, it never asks.
import { ack, attempts, copy, dead, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const made = madeOf(message) + 1;
  const headers = { 'x-attempts': made, 'x-reason': error.message };
  const copied = copy(channel, made < attempts ? 'work' : dead, message, headers);
  ack(channel, message);
  await copied;
});
