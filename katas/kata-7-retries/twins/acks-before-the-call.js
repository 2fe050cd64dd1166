// Gets rid of the message first.
import { ack, again, attemptOf, attempts, charge, giveUp, run } from './twin.mjs';

run(async (message, channel) => {
  ack(channel, message);
  if (await charge(message.id)) return;
  if (attemptOf(message) >= attempts) await giveUp(channel, message);
  else await again(channel, message);
});
