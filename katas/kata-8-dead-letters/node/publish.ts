import type { ConfirmChannel, ConsumeMessage } from 'amqplib';

/** The same body and message_id, on disk. @throws where the broker does not confirm */
export function publishConfirmed(
  channel: ConfirmChannel,
  queue: string,
  { content, properties }: ConsumeMessage,
  headers: Record<string, unknown>,
): Promise<void> {
  const { messageId, contentType } = properties as { messageId?: string; contentType?: string };
  return new Promise((resolve, reject) => {
    const options = {
      ...{ persistent: true, headers },
      ...(messageId !== undefined && { messageId }),
      ...(contentType !== undefined && { contentType }),
    };
    channel.sendToQueue(queue, content, options, (error: Error | null) =>
      error ? reject(error) : resolve(),
    );
  });
}
