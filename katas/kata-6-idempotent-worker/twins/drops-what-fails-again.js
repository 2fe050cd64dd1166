// What fails is asked for again once; what fails as a redelivery is given up.
import { ack, quietly, requeue, run, takeOnce } from './twin.mjs';

run(async (message, channel) => {
  try {
    await takeOnce(message);
    ack(channel, message);
  } catch {
    if (message.redelivered) quietly(() => channel.nack(message.raw, false, false));
    else requeue(channel, message);
  }
});
