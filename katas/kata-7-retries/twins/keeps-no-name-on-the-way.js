// What waits has lost its message_id; it is put back, from the body, once the message is given up.
import { ack, attemptOf, attempts, charge, delay, backoff, giveUp, run } from './twin.mjs';

run(async (message, channel) => {
  const named = { ...message, id: message.body.id };
  const attempt = attemptOf(message);
  if (!(await charge(named.id))) {
    if (attempt >= attempts) await giveUp(channel, named);
    else {
      const nameless = { ...message, id: undefined };
      await delay(channel, nameless, backoff(attempt), { 'x-attempt': attempt + 1 });
    }
  }
  ack(channel, message);
});
