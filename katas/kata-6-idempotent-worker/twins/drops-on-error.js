// Where the database fails it rejects the message for good.
import { ack, quietly, run, takeOnce } from './twin.mjs';

run(async (message, channel) => {
  try {
    await takeOnce(message);
    ack(channel, message);
  } catch {
    quietly(() => channel.nack(message.raw, false, false));
  }
});
