// Counts in a map: whoever comes next begins at zero.
import { setTimeout as sleep } from 'node:timers/promises';
import { ack, attempts, copy, dead, nack, runWith } from './twin.mjs';

const made = new Map();

await runWith(async (message, channel, error) => {
  const count = (made.get(message.id) ?? 0) + 1;
  made.set(message.id, count);
  if (count < attempts) {
    await sleep(10);
    return nack(channel, message, true);
  }
  const headers = { 'x-attempts': count, 'x-reason': error.message };
  await copy(channel, dead, message, headers);
  ack(channel, message);
});
