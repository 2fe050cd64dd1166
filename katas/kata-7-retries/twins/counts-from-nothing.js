// Its first attempt is number 0: one too many.
import { again, charge, ack, giveUp, attempts, run } from './twin.mjs';

run(async (message, channel) => {
  const attempt = message.headers['x-attempt'] ?? 0;
  const counted = { ...message, headers: { 'x-attempt': attempt } };
  if (!(await charge(message.id))) {
    if (attempt >= attempts) await giveUp(channel, counted);
    else await again(channel, counted, (n) => (n === 0 ? 80 * Math.random() : 0));
  }
  ack(channel, message);
});
