import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { log } from '../../kit/node/log.js';

const exchange = 'orders';
const routingKey = 'order.placed';

/** How long a connection, or the confirms of one batch, may take. */
const patienceMs = 1_000;

export interface Event {
  /** The message id: the same however often it is published. */
  readonly id: string;
  readonly body: unknown;
}

interface Open {
  readonly connection: ChannelModel;
  readonly channel: ConfirmChannel;
}

/** Publishes with confirms, and connects again once the connection has broken. */
export class Publisher {
  readonly #url: string;
  #open: Promise<Open> | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** In this order; resolves once the broker has confirmed all. @throws where it has not in time */
  async publish(events: readonly Event[]): Promise<void> {
    const open = (this.#open ??= this.#connect());
    try {
      const { channel } = await within(open);
      for (const { id, body } of events)
        channel.publish(exchange, routingKey, Buffer.from(JSON.stringify(body)), {
          messageId: id,
          persistent: true,
          contentType: 'application/json',
        });
      await within(channel.waitForConfirms());
    } catch (error) {
      // What was not confirmed in time may still be: this connection is not to be used any more.
      this.#drop(open);
      throw error;
    }
  }

  async close(): Promise<void> {
    const open = await this.#open?.catch(() => undefined);
    await open?.connection.close().catch(() => undefined);
  }

  async #connect(): Promise<Open> {
    const connection = await connect(this.#url, { timeout: patienceMs, noDelay: true });
    // Without listeners these would throw; whoever publishes next connects again.
    connection.on('error', (error) => {
      log('the connection to the broker broke:', error.message);
    });
    connection.on('close', () => {
      this.#open = undefined;
    });
    const channel = await connection.createConfirmChannel();
    channel.on('error', (error) => {
      log('the channel broke:', error.message);
    });
    return { connection, channel };
  }

  /** Also one that opens only after it was given up. */
  #drop(open: Promise<Open>): void {
    if (this.#open === open) this.#open = undefined;
    open.then(
      ({ connection }) => connection.close().catch(() => undefined),
      () => undefined,
    );
  }
}

async function within<T>(task: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`the broker did not answer within ${patienceMs} ms`));
    }, patienceMs);
  });
  try {
    return await Promise.race([task, late]);
  } finally {
    clearTimeout(timer);
  }
}
