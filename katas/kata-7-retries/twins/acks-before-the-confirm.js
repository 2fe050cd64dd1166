// Publishes, and does not wait for the broker to say that it has it.
import { ack, again, attemptOf, attempts, charge, giveUp, run } from './twin.mjs';

run(async (message, channel) => {
  const done = await charge(message.id);
  const published = done
    ? undefined
    : attemptOf(message) >= attempts
      ? giveUp(channel, message)
      : again(channel, message);
  ack(channel, message);
  await published;
});
