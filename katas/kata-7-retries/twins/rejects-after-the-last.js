// Believes that work has a dead-letter exchange.
import { again, attemptOf, attempts, ack, charge, quietly, run } from './twin.mjs';

run(async (message, channel) => {
  if (await charge(message.id)) return ack(channel, message);
  if (attemptOf(message) >= attempts) return quietly(() => channel.nack(message.raw, false, false));
  await again(channel, message);
  return ack(channel, message);
});
