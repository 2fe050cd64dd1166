// Rejects into a retry queue with a TTL that leads back; the broker keeps the count in x-death.
import { ack, attempts, copy, dead, nack, runWith } from './twin.mjs';

const prepare = (channel) =>
  channel.assertQueue('work.retry', {
    arguments: {
      'x-message-ttl': 50,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'work',
    },
  });

await runWith(
  async (message, channel, error) => {
    const deaths = message.raw.properties.headers['x-death'] ?? [];
    const rejected = deaths.find(({ queue, reason }) => queue === 'work' && reason === 'rejected');
    const made = Number(rejected?.count ?? 0) + 1;
    if (made < attempts) return nack(channel, message, false);
    const headers = { 'x-attempts': made, 'x-reason': error.message };
    await copy(channel, dead, message, headers);
    ack(channel, message);
  },
  { prepare },
);
