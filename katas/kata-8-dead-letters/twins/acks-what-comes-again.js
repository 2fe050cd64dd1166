// What comes again while the first call is still under way is taken for a duplicate, and acknowledged.
import { ack, honest, madeOf, run } from './twin.mjs';

const working = new Set();

await run(async (message, channel) => {
  const key = `${message.id} ${madeOf(message)}`;
  if (working.has(key)) return ack(channel, message);
  working.add(key);
  await honest(message, channel).finally(() => working.delete(key));
});
