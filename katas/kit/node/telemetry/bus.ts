import type { Channel, ChannelModel } from 'amqplib';
import type pg from 'pg';
import { connectPatiently, startWorker } from '../amqp.js';
import { lockKey, openInbox } from '../inbox.js';
import { log } from '../log.js';
import { post, startRelay } from '../outbox.js';
import { inTransaction, type Transaction } from '../postgres.js';
import { observedMessages, threadOf, traced } from './messages.js';
import { messages } from './metrics.js';

/** What a service does at once: its rows, and the messages that tell of them. */
export interface Work {
  readonly tx: Transaction;
  readonly send: (message: Sent) => Promise<void>;
}

export interface Sent {
  readonly exchange: string;
  /** Its routing key. */
  readonly name: string;
  readonly body: Told;
}

/** Whatever else a message tells. */
export interface Told {
  readonly order: string;
}

export interface BusOptions<Body extends Told> {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly queue: string;
  /** By name. A message of any other one is none of this service's business. */
  readonly reactions: Readonly<Record<string, (work: Work, told: Body) => Promise<void>>>;
  /** @throws where the body is no such message */
  readonly read: (body: unknown) => Body;
}

/** The broker, as a service sees it: no other module knows which one it is. */
export interface Bus {
  isConsuming(): boolean;
  /** Works on an order that nobody else works on meanwhile. */
  within<T>(order: string, work: (work: Work) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/**
 * Rows, messages and the memory of what was heard are one transaction. A relay publishes what it
 * left, with confirms, under the same message ids however often.
 */
export async function openBus<Body extends Told>(options: BusOptions<Body>): Promise<Bus> {
  const { url, pool, queue, read } = options;
  const relay = startRelay(pool, url, { hasHeaders: true });
  const workOf = (tx: Transaction): Work => ({
    tx: traced(tx),
    send: ({ exchange, name, body }) =>
      post(tx, {
        ...{ exchange, key: name, correlationId: body.order, body },
        headers: threadOf(exchange, name),
      }),
  });
  const reactions = Object.fromEntries(
    Object.entries(options.reactions).map(([name, react]) => [
      name,
      (tx: Transaction, body: Body) => react(workOf(tx), body),
    ]),
  );
  const worker = await openInbox<Body>({
    ...{ url, pool, queue, reactions, read },
    keyOf: ({ order }) => order,
    onCommitted: relay.wake,
    around: observedMessages(queue),
  });
  return {
    isConsuming: () => worker.isConsuming(),
    async within(order, work) {
      const result = await inTransaction(pool, 'READ COMMITTED', async (tx) => {
        await lockKey(tx, order);
        return work(workOf(tx));
      });
      relay.wake();
      return result;
    },
    async stop() {
      await worker.stop();
      await relay.stop();
    },
  };
}

/**
 * What most write first: commit, then publish, and hope. Who dies in between has told nobody, and
 * what comes twice is done twice.
 */
export async function openHopefulBus<Body extends Told>({
  url,
  pool,
  queue,
  reactions,
  read,
}: BusOptions<Body>): Promise<Bus> {
  const closing = new AbortController();
  let publishing: Promise<Publishing> | undefined;
  const open = async (): Promise<Publishing> => {
    const connection = await connectPatiently(url, closing.signal);
    const channel = await connection.createChannel();
    channel.on('error', (error: Error) => log('the channel broke:', error.message));
    connection.on('close', () => (publishing = undefined));
    return { connection, channel };
  };
  const within: Bus['within'] = async (_, work) => {
    const sent: Sent[] = [];
    const send = (message: Sent): Promise<void> => {
      sent.push(message);
      return Promise.resolve();
    };
    const result = await inTransaction(pool, 'READ COMMITTED', (tx) => work({ tx, send }));
    const { channel } = await (publishing ??= open());
    for (const { exchange, name, body } of sent)
      channel.publish(exchange, name, Buffer.from(JSON.stringify(body)), {
        ...{ messageId: crypto.randomUUID(), correlationId: body.order },
        ...{ persistent: true, contentType: 'application/json' },
      });
    return result;
  };
  const worker = await startWorker({
    ...{ url, queue, prefetch: 20 },
    async handle({ content, fields }) {
      const react = reactions[fields.routingKey];
      if (!react) return 'ack';
      const told = read(JSON.parse(content.toString()));
      await within(told.order, (work) => react(work, told));
      messages.inc({ message: fields.routingKey, outcome: 'ok' });
      return 'ack';
    },
  });
  return {
    within,
    isConsuming: () => worker.isConsuming(),
    async stop() {
      await worker.stop();
      closing.abort();
      const opened = await publishing?.catch(() => undefined);
      await opened?.channel.close().catch(() => undefined);
      await opened?.connection.close().catch(() => undefined);
    },
  };
}

interface Publishing {
  readonly connection: ChannelModel;
  readonly channel: Channel;
}
