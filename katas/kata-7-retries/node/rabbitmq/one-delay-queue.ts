import { attemptOf } from './delay-queues.js';
import { giveUp, publish } from './publish.js';
import type { Way } from './work.js';

const queue = 'work.delay';

/**
 * The trap: one queue for all delays, with a time to live on each message. It looks like less work,
 * but RabbitMQ takes expired messages only from the head of a queue: whoever waits for 100 ms stands
 * behind one that waits for a second.
 */
export const oneDelayQueue: Way =
  ({ charge, backoff, attempts }) =>
  async (message, channel) => {
    const attempt = attemptOf(message);
    const outcome = await charge(String(message.properties.messageId));
    if (outcome === 'charged') return 'ack';
    if (outcome === 'refused' || attempt >= attempts) await giveUp(channel, message, attempt);
    else {
      await channel.assertQueue(queue, { deadLetterExchange: '', deadLetterRoutingKey: 'work' });
      const expiration = Math.round(backoff(attempt));
      await publish(channel, queue, message, { headers: { 'x-attempt': attempt + 1 }, expiration });
    }
    return 'ack';
  };
