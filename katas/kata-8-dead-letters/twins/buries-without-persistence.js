// Retries outlive the broker, dead letters do not.
import { ack, attempts, copy, dead, madeOf, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  const made = madeOf(message) + 1;
  const headers = { 'x-attempts': made, 'x-reason': error.message };
  if (made < attempts) await copy(channel, 'work', message, headers);
  else await copy(channel, dead, message, headers, { persistent: false });
  ack(channel, message);
});
