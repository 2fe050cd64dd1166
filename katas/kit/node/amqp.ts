import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type ChannelModel, type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import { log } from './log.js';

/** The broker may restart: the first attempts come fast, and none comes later than this. */
const firstPauseMs = 50;
const longestPauseMs = 1_000;
/** A broker that takes the connection and says nothing is away, too. */
const connectWithinMs = 5_000;
/** A message that failed is not offered again at once: whatever failed needs a moment, too. */
const requeuePauseMs = 100;
/** The contract gives five seconds from SIGTERM to the end. */
const finishWithinMs = 3_000;
const consumerTag = 'worker';

/**
 * What becomes of a message: done; failed, and offered again; handed back as it came, not tried; or
 * given up, to the dead letters if there are any.
 *
 * RabbitMQ 4.3 and newer tell the second from the third: a quorum queue counts what is rejected
 * against its delivery limit, and what is nacked (`basic.nack`) it does not count. Older versions
 * count both. So what failed is rejected, on every version: nacked, it would come again for ever.
 */
export type Verdict = 'ack' | 'requeue' | 'release' | 'discard';

/**
 * Throwing means `requeue`, after a pause. The channel is there for `publishConfirmed`. The signal
 * comes when the worker is to end and this message still is not done: what throws then is released.
 */
export type Handle = (
  message: ConsumeMessage,
  channel: ConfirmChannel,
  hurry: AbortSignal,
) => Promise<Verdict>;

export interface Consumption {
  readonly url: string;
  /** It is there already: who else declares it with other arguments is refused. */
  readonly queue: string;
  /** How many messages are worked on at once. */
  readonly prefetch: number;
  readonly handle: Handle;
}

export interface Worker {
  /** False while the broker is away, or has cancelled the consumer: nothing comes in then. */
  isConsuming(): boolean;
  /** Takes no more messages, finishes and settles those that it has, closes. */
  stop(): Promise<void>;
}

/** Consumes, and goes on after a broken connection. Resolves once it consumes. */
export async function startWorker(consumption: Consumption): Promise<Worker> {
  const stopping = new AbortController();
  const hurry = new AbortController();
  const underWay = new Set<Promise<void>>();
  const work: Work = { ...consumption, stopping: stopping.signal, hurry: hurry.signal, underWay };
  let current: Session | undefined;

  async function open(): Promise<void> {
    const session = await openPatiently(work);
    current = session;
    session.channel.once('close', () => {
      session.isConsuming = false;
      // Whatever is under way is offered again to the next; its settlement here goes nowhere.
      void session.connection.close().catch(() => undefined);
      if (!stopping.signal.aborted) open().catch(() => undefined);
    });
  }
  await open();
  return {
    isConsuming: () => current?.isConsuming === true,
    async stop() {
      // What comes from now on is not touched; the broker takes it back at the end.
      stopping.abort();
      const hurrying = setTimeout(() => hurry.abort(), finishWithinMs);
      await current?.channel.cancel(consumerTag).catch(() => undefined);
      await Promise.all(underWay);
      clearTimeout(hurrying);
      await current?.channel.close().catch(() => undefined);
      await current?.connection.close().catch(() => undefined);
    },
  };
}

interface Work extends Consumption {
  readonly stopping: AbortSignal;
  readonly hurry: AbortSignal;
  readonly underWay: Set<Promise<void>>;
}

interface Session {
  readonly connection: ChannelModel;
  readonly channel: ConfirmChannel;
  isConsuming: boolean;
}

/** @throws the signal's reason, and nothing else */
async function openPatiently(work: Work): Promise<Session> {
  for (;;) {
    const connection = await connectPatiently(work.url, work.stopping);
    try {
      return await consume(connection, work);
    } catch (error) {
      log('consuming does not work yet:', error);
      await connection.close().catch(() => undefined);
      await sleep(firstPauseMs, undefined, { signal: work.stopping });
    }
  }
}

async function consume(connection: ChannelModel, work: Work): Promise<Session> {
  const { queue, prefetch, stopping, underWay } = work;
  const channel = await connection.createConfirmChannel();
  channel.on('error', (error: Error) => log('the channel broke:', error.message));
  await channel.prefetch(prefetch);
  const session: Session = { connection, channel, isConsuming: true };
  const take = (message: ConsumeMessage | null): void => {
    if (stopping.aborted) return;
    if (!message) {
      // The broker has cancelled the consumer, as it does where the queue is deleted or moves to
      // another node: nothing more would come here, and nothing would break.
      log('the broker cancelled the consumer');
      session.isConsuming = false;
      void Promise.all(underWay).then(() => channel.close().catch(() => undefined));
      return;
    }
    const one = process(message, channel, work).finally(() => underWay.delete(one));
    underWay.add(one);
  };
  await channel.consume(queue, take, { consumerTag });
  return session;
}

async function process(
  message: ConsumeMessage,
  channel: ConfirmChannel,
  { handle, hurry }: Work,
): Promise<void> {
  let verdict: Verdict;
  try {
    verdict = await handle(message, channel, hurry);
  } catch (error) {
    log('message', message.properties.messageId, 'failed and is offered again:', error);
    verdict = hurry.aborted ? 'release' : 'requeue';
    if (!hurry.aborted) await sleep(requeuePauseMs);
  }
  try {
    if (verdict === 'ack') channel.ack(message);
    else if (verdict === 'release') channel.nack(message, false, true);
    else channel.reject(message, verdict === 'requeue');
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
      const connection = await connect(url, { noDelay: true, timeout: connectWithinMs });
      connection.on('error', (error: Error) => log('the connection broke:', error.message));
      return connection;
    } catch (error) {
      log('the broker is not there yet:', error instanceof Error ? error.message : error);
      await sleep(pauseMs, undefined, { signal });
    }
  }
}
