// Now and then it takes a success for a failure, and tries again.
import { ack, again, attemptOf, attempts, charge, giveUp, run } from './twin.mjs';

let n = 0;

run(async (message, channel) => {
  const done = await charge(message.id);
  n += 1;
  if (!done || n % 25 === 0) {
    if (attemptOf(message) >= attempts) await giveUp(channel, message);
    else await again(channel, message);
  }
  ack(channel, message);
});
