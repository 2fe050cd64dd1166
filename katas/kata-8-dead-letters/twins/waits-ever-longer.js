// The second wait is longer than the first, and longer than a second.
import { ack, attempts, copy, giveUpOrAgain, madeOf, runWith } from './twin.mjs';

const waitMs = [200, 1_400];
const queueOf = (made) => `work.wait.${made}`;

const prepare = async (channel) => {
  for (const [n, ms] of waitMs.entries())
    await channel.assertQueue(queueOf(n + 1), {
      durable: true,
      arguments: {
        'x-message-ttl': ms,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'work',
      },
    });
};

await runWith(
  async (message, channel, error) => {
    const made = madeOf(message) + 1;
    if (made === attempts) return giveUpOrAgain(message, channel, error);
    await copy(channel, queueOf(made), message, { 'x-attempts': made });
    ack(channel, message);
  },
  { prepare },
);
