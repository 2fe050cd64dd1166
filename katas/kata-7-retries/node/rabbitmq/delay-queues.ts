import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { giveUp, publish } from './publish.js';
import type { Way } from './work.js';

/** Jitter is rounded down to this, so that there are not as many queues as there are milliseconds. */
const stepMs = 40;
/** A queue that nobody has declared for so long is taken away by the broker, with all it holds. */
const expiresMs = 600_000;
const declareAgainMs = 60_000;

/**
 * The broker waits: a queue for each delay, where a message lies until it is as old as all others
 * in there must become, and from where it goes back to `work`. The worker has its hands free, and
 * the number of the attempt travels with the message.
 */
export const delayQueues: Way = ({ charge, backoff, attempts }) => {
  const declared = new WeakMap<ConfirmChannel, Map<number, number>>();

  async function delayQueue(channel: ConfirmChannel, ms: number): Promise<string> {
    const queue = `work.delay.${ms}`;
    const queues = declared.get(channel) ?? new Map<number, number>();
    declared.set(channel, queues);
    const before = queues.get(ms);
    if (before !== undefined && Date.now() - before < declareAgainMs) return queue;
    await channel.assertQueue(queue, {
      messageTtl: ms,
      deadLetterExchange: '',
      deadLetterRoutingKey: 'work',
      expires: ms + expiresMs,
    });
    queues.set(ms, Date.now());
    return queue;
  }

  return async (message, channel) => {
    const attempt = attemptOf(message);
    if (await charge(String(message.properties.messageId))) return 'ack';
    if (attempt >= attempts) await giveUp(channel, message, attempt);
    else {
      const queue = await delayQueue(channel, roundedMs(backoff(attempt)));
      await publish(channel, queue, message, { headers: { 'x-attempt': attempt + 1 } });
    }
    return 'ack';
  };
};

/** A header of our own: since RabbitMQ 4.0 nobody can publish an x-death that counts. */
export function attemptOf({ properties }: ConsumeMessage): number {
  const attempt: unknown = properties.headers?.['x-attempt'];
  return typeof attempt === 'number' ? attempt : 1;
}

/** What the strategies without jitter say stays as it is, where it is no fraction. */
function roundedMs(ms: number): number {
  return Number.isInteger(ms) ? ms : Math.floor(ms / stepMs) * stepMs;
}
