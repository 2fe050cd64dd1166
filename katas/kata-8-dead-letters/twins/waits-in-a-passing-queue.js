// What waits between two attempts lies in a queue that a broker forgets when it restarts.
import { giveUpOrAgain, runWith, ack, copy, madeOf } from './twin.mjs';

const prepare = (channel) =>
  channel.assertQueue('work.wait', {
    durable: false,
    arguments: {
      'x-message-ttl': 50,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'work',
    },
  });

await runWith(
  async (message, channel, error) => {
    const made = madeOf(message) + 1;
    if (made === 3) return giveUpOrAgain(message, channel, error);
    await copy(channel, 'work.wait', message, { 'x-attempts': made });
    ack(channel, message);
  },
  { prepare },
);
