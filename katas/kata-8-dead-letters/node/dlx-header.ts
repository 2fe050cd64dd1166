import type { ConfirmChannel } from 'amqplib';
import { publishConfirmed } from '../../kit/node/publish.js';
import type { Strategy } from './failure.js';

const attempts = 3;
const retryQueue = 'work.retry';
const pauseMs = 200;

/**
 * The number of attempts travels with the message, so that whoever comes next knows it: a copy with
 * the header one higher waits in a queue that nobody consumes, whose dead-letter exchange takes it
 * back to `work`; after the last attempt it goes to the dead letters, with the reason. The original
 * is acknowledged once a queue has the copy for good; whoever crashes in between leaves two copies,
 * and never none. Redis does both in one step, but lets nobody wait: there the copy goes straight to
 * the end of the stream, and kata 7 shows how to have it wait.
 */
export const dlxHeader: Strategy = {
  async onRabbitmq({ message, channel, reason }) {
    const { isLast, headers } = next(message.properties.headers?.['x-attempts'], reason);
    if (!isLast) await declareRetryQueue(channel);
    const to = { exchange: '', key: isLast ? 'work.dead' : retryQueue };
    const { messageId, contentType } = message.properties as Properties;
    await publishConfirmed(channel, to, message.content, {
      headers,
      ...(messageId !== undefined && { messageId }),
      ...(contentType !== undefined && { contentType }),
    });
    return 'ack' as const;
  },
  onRedis(message, reason) {
    const { isLast, headers } = next(message.headers['x-attempts'], reason);
    return { moveTo: isLast ? 'work.dead' : 'work', headers };
  },
};

interface Properties {
  readonly messageId?: string;
  readonly contentType?: string;
}

/** @param before how many attempts there had been, if any */
function next(before: unknown, reason: string) {
  const made = Number(before ?? 0) + 1;
  const headers = { 'x-attempts': String(made) };
  return made < attempts
    ? { isLast: false, headers }
    : { isLast: true, headers: { ...headers, 'x-reason': reason } };
}

/**
 * Each time, for whoever may have deleted it. A classic queue would dead-letter at most once: what is
 * on its way while the broker is killed is lost. A quorum queue can do it at least once.
 */
async function declareRetryQueue(channel: ConfirmChannel): Promise<void> {
  await channel.assertQueue(retryQueue, {
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      'x-message-ttl': pauseMs,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'work',
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    },
  });
}
