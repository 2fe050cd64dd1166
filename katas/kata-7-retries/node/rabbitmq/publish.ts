import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { publishConfirmed } from '../../../kit/node/publish.js';

/**
 * Resolves once a queue has it for good: only then may the original be acknowledged.
 * @throws Unroutable where the queue is not there
 */
export function publish(
  channel: ConfirmChannel,
  queue: string,
  { content, properties }: ConsumeMessage,
  options: { readonly headers: Record<string, unknown>; readonly expiration?: number },
): Promise<void> {
  const { messageId, contentType } = properties as { messageId: string; contentType: string };
  return publishConfirmed(channel, { exchange: '', key: queue }, content, {
    ...{ messageId, contentType },
    ...options,
  });
}

/** Given up: somebody will look at it there. */
export function giveUp(
  channel: ConfirmChannel,
  message: ConsumeMessage,
  attempts: number,
): Promise<void> {
  return publish(channel, 'work.failed', message, { headers: { 'x-attempts': attempts } });
}
