// Lets the broker offer it again, and again: nobody counts, and nobody waits.
import { ack, charge, quietly, run } from './twin.mjs';

run(async (message, channel) => {
  if (await charge(message.id)) ack(channel, message);
  else quietly(() => channel.nack(message.raw, false, true));
});
