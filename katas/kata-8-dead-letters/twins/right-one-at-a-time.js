// One message in hand, whatever it may have; and what cannot be read is given up at once.
import { ack, copy, dead, giveUpOrAgain, runWith } from './twin.mjs';

await runWith(
  async (message, channel, error) => {
    if (typeof message.body?.id === 'string') return giveUpOrAgain(message, channel, error);
    await copy(channel, dead, message, { 'x-attempts': 1, 'x-reason': error.message });
    ack(channel, message);
  },
  { prefetch: 1 },
);
