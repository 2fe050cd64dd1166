// The number of the attempt is in the body of what waits; the service and work.failed see the plain one.
import { ack, attempts, backoff, charge, delay, giveUp, run } from './twin.mjs';

run(async (message, channel) => {
  const { id, attempt = 1 } = message.body;
  const plain = { ...message, body: { id } };
  if (!(await charge(id))) {
    if (attempt >= attempts) await giveUp(channel, plain, attempt);
    else {
      const counted = { ...message, body: { id, attempt: attempt + 1 } };
      await delay(channel, counted, backoff(attempt), {});
    }
  }
  ack(channel, message);
});
