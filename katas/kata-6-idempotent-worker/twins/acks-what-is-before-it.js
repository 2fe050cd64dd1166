// Acknowledges with `multiple`: everything before the message, too, done or not.
import { quietly, requeue, run, takeOnce } from './twin.mjs';

run(async (message, channel) => {
  try {
    await takeOnce(message);
    quietly(() => channel.ack(message.raw, true));
  } catch {
    requeue(channel, message);
  }
});
