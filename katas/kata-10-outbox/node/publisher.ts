import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { log } from '../../kit/node/log.js';
import { publishConfirmed } from '../../kit/node/publish.js';

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

  /**
   * In this order; resolves once a queue has each of them for good. An event that no queue takes is
   * not published: whoever is to hear it may come back, and the outbox keeps it until then.
   * @throws Refused where the broker says no to one · Error where not all of them are there in time
   */
  async publish(events: readonly Event[]): Promise<void> {
    const open = (this.#open ??= this.#connect());
    try {
      const { channel } = await within(open);
      await within(Promise.all(events.map((event) => publishOne(channel, event))));
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

  #connect(): Promise<Open> {
    const open = openChannel(this.#url, () => this.#forget(open));
    return open;
  }

  /** Only this one: when an old connection closes at last, there may be another already. */
  #forget(open: Promise<Open>): void {
    if (this.#open === open) this.#open = undefined;
  }

  /** Also one that opens only after it was given up. */
  #drop(open: Promise<Open>): void {
    this.#forget(open);
    open.then(
      ({ connection }) => connection.close().catch(() => undefined),
      () => undefined,
    );
  }
}

function publishOne(channel: ConfirmChannel, { id, body }: Event): Promise<void> {
  const content = Buffer.from(JSON.stringify(body));
  const options = { messageId: id, contentType: 'application/json' };
  return publishConfirmed(channel, { exchange, key: routingKey }, content, options);
}

async function openChannel(url: string, closed: () => void): Promise<Open> {
  const connection = await connect(url, { timeout: patienceMs, noDelay: true });
  // Without listeners these would throw; whoever publishes next connects again.
  connection.on('error', (error) => {
    log('the connection to the broker broke:', error.message);
  });
  connection.on('close', closed);
  try {
    const channel = await connection.createConfirmChannel();
    channel.on('error', (error) => {
      log('the channel broke:', error.message);
    });
    return { connection, channel };
  } catch (error) {
    // Without a channel nobody would ever close it.
    await connection.close().catch(() => undefined);
    throw error;
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
