// A copy of what it has in hand is acknowledged at once: somebody is on it.
import { ack, honest, run } from './twin.mjs';

const inHand = new Set();
run(async (message, channel) => {
  if (inHand.has(message.id)) return ack(channel, message);
  inHand.add(message.id);
  await honest(message, channel).finally(() => inHand.delete(message.id));
});
