import type { ConfirmChannel, ConsumeMessage } from 'amqplib';

/** Resolves once the broker has it for good: only then may the original be acknowledged. */
export function publish(
  channel: ConfirmChannel,
  queue: string,
  { content, properties }: ConsumeMessage,
  options: { readonly headers: Record<string, unknown>; readonly expiration?: number },
): Promise<void> {
  const { messageId, contentType } = properties as { messageId: string; contentType: string };
  return new Promise((resolve, reject) => {
    const settle = (error: unknown): void => {
      if (error) reject(new Error(`the broker did not take ${messageId}`, { cause: error }));
      else resolve();
    };
    const all = { persistent: true, messageId, contentType, ...options };
    channel.publish('', queue, content, all, settle);
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
