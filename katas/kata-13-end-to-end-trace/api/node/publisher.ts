import type { ConfirmChannel } from 'amqplib';
import { connectPatiently } from '../../../kit/node/amqp.js';
import { publishConfirmed } from '../../../kit/node/publish.js';

export interface Publisher {
  /** Resolves once the broker has it. @throws Error */
  publish(
    message: { readonly id: string; readonly body: object },
    headers: Readonly<Record<string, string>>,
  ): Promise<void>;
  close(): Promise<void>;
}

const to = { exchange: 'shop', key: 'OrderPlaced' };

/** One channel for all, and a new one where it breaks. */
export async function openPublisher(url: string): Promise<Publisher> {
  const closing = new AbortController();
  const open = async (): Promise<ConfirmChannel> => {
    const connection = await connectPatiently(url, closing.signal);
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    channel.once('close', () => {
      void connection.close().catch(() => undefined);
      if (closing.signal.aborted) return;
      channels = open();
      channels.catch(() => undefined);
    });
    return channel;
  };
  let channels = open();
  await channels;
  return {
    async publish({ id, body }, headers) {
      const content = Buffer.from(JSON.stringify(body));
      const options = { messageId: id, contentType: 'application/json', headers };
      await publishConfirmed(await channels, to, content, options);
    },
    async close() {
      closing.abort();
      await channels.then((channel) => channel.close()).catch(() => undefined);
    },
  };
}
