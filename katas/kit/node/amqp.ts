import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type ChannelModel, type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import { log } from './log.js';

/** The broker may restart: the first attempts come fast, and none comes later than this. */
const firstPauseMs = 50;
const longestPauseMs = 1_000;
/** A message that failed is not offered again at once: whatever failed needs a moment, too. */
const requeuePauseMs = 100;
const consumerTag = 'worker';

/** What becomes of a message: done, offered again, or given up (to the dead letters, if any). */
export type Verdict = 'ack' | 'requeue' | 'discard';

/** Throwing means `requeue`, after a pause. The channel is there to publish, with confirms. */
export type Handle = (message: ConsumeMessage, channel: ConfirmChannel) => Promise<Verdict>;

export interface Consumption {
  readonly url: string;
  /** It is there already: who else declares it with other arguments is refused. */
  readonly queue: string;
  /** How many messages are worked on at once. */
  readonly prefetch: number;
  readonly handle: Handle;
}

export interface Worker {
  /** Takes no more messages, finishes and settles those that it has, closes. */
  stop(): Promise<void>;
}

/** Consumes, and goes on after a broken connection. Resolves once it consumes. */
export async function startWorker(consumption: Consumption): Promise<Worker> {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  let current: Session | undefined;

  async function open(): Promise<void> {
    const session = await openPatiently(consumption, stopping.signal, underWay);
    current = session;
    session.channel.once('close', () => {
      // Whatever is under way is offered again to the next; its settlement here goes nowhere.
      void session.connection.close().catch(() => undefined);
      if (!stopping.signal.aborted) open().catch(() => undefined);
    });
  }
  await open();
  return {
    async stop() {
      // What comes from now on is not touched; the broker takes it back at the end.
      stopping.abort();
      await current?.channel.cancel(consumerTag).catch(() => undefined);
      await Promise.all(underWay);
      await current?.channel.close().catch(() => undefined);
      await current?.connection.close().catch(() => undefined);
    },
  };
}

interface Session {
  readonly connection: ChannelModel;
  readonly channel: ConfirmChannel;
}

/** @throws the signal's reason, and nothing else */
async function openPatiently(
  consumption: Consumption,
  signal: AbortSignal,
  underWay: Set<Promise<void>>,
): Promise<Session> {
  for (;;) {
    const connection = await connectPatiently(consumption.url, signal);
    try {
      return await consume(connection, consumption, signal, underWay);
    } catch (error) {
      log('consuming does not work yet:', error);
      await connection.close().catch(() => undefined);
      await sleep(firstPauseMs, undefined, { signal });
    }
  }
}

async function consume(
  connection: ChannelModel,
  { queue, prefetch, handle }: Consumption,
  signal: AbortSignal,
  underWay: Set<Promise<void>>,
): Promise<Session> {
  const channel = await connection.createConfirmChannel();
  channel.on('error', (error: Error) => log('the channel broke:', error.message));
  await channel.prefetch(prefetch);
  const take = (message: ConsumeMessage | null): void => {
    if (!message || signal.aborted) return;
    const work = process(message, channel, handle).finally(() => underWay.delete(work));
    underWay.add(work);
  };
  await channel.consume(queue, take, { consumerTag });
  return { connection, channel };
}

async function process(
  message: ConsumeMessage,
  channel: ConfirmChannel,
  handle: Handle,
): Promise<void> {
  let verdict: Verdict = 'requeue';
  try {
    verdict = await handle(message, channel);
  } catch (error) {
    log('message', message.properties.messageId, 'failed and is offered again:', error);
    await sleep(requeuePauseMs);
  }
  try {
    if (verdict === 'ack') channel.ack(message);
    else channel.nack(message, false, verdict === 'requeue');
  } catch {
    // The channel is gone, and with it the right to settle: the message is delivered again.
  }
}

/** Tries until the broker is there. @throws the signal's reason */
export async function connectPatiently(url: string, signal: AbortSignal): Promise<ChannelModel> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    signal.throwIfAborted();
    try {
      // Without noDelay an acknowledgement may wait for 40 ms in the operating system.
      const connection = await connect(url, { noDelay: true });
      connection.on('error', (error: Error) => log('the connection broke:', error.message));
      return connection;
    } catch (error) {
      log('the broker is not there yet:', error instanceof Error ? error.message : error);
      await sleep(pauseMs, undefined, { signal });
    }
  }
}
