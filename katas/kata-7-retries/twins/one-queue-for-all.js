// Messages of all delays in one queue: expired ones leave only at its head.
import { attemptOf, backoff, honest, publish, run } from './twin.mjs';

const queue = 'work.delay';

run(
  honest({
    async failed(channel, message) {
      await channel.assertQueue(queue, { deadLetterExchange: '', deadLetterRoutingKey: 'work' });
      const attempt = attemptOf(message);
      const expiration = Math.round(backoff(attempt));
      await publish(channel, queue, message, { 'x-attempt': attempt + 1 }, { expiration });
    },
  }),
);
