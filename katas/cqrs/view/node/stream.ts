import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelModel, ConfirmChannel, ConsumeMessage } from 'amqplib';
import { connectPatiently } from '../../../kit/node/amqp.js';
import { log } from '../../../kit/node/log.js';

const mostAtOnce = 100;
const againAfterMs = 100;

/** One entry of a stream, and its place in it. */
export interface Entry {
  readonly offset: number;
  readonly message: ConsumeMessage;
}

export interface Following {
  readonly url: string;
  readonly stream: string;
  /** The offset to begin with: what is stored knows it. */
  readonly next: () => Promise<number>;
  /** Effects and the new position, in one transaction. What throws comes again. */
  readonly fold: (entries: readonly Entry[]) => Promise<void>;
}

export interface Follower {
  readonly isConsuming: () => boolean;
  /** 0 while all that was told has been folded; since when not; undefined where it never was yet. */
  readonly ageMs: () => number | undefined;
  /** Resolves as something was folded, or with the signal. */
  readonly folded: (signal: AbortSignal) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Reads a stream from where the last one stopped, and goes on after a broken connection.
 *
 * Nobody tells a consumer that a stream has no more to give. So each connection begins with an entry
 * of its own: once that has come back, everything that was told before it has been folded.
 */
export function followStream(following: Following): Follower {
  const stopping = new AbortController();
  const wakers = new Set<() => void>();
  const state: State = { isConsuming: false, isCurrent: false, lostAt: undefined };
  const over = follow(following, state, stopping.signal, () => wakers.forEach((wake) => wake()));
  return {
    isConsuming: () => state.isConsuming,
    ageMs() {
      if (state.isCurrent) return 0;
      return state.lostAt === undefined ? undefined : Math.ceil(performance.now() - state.lostAt);
    },
    folded: (signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          wakers.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        wakers.add(done);
        signal.addEventListener('abort', done, { once: true });
      }),
    async stop() {
      stopping.abort();
      await over;
    },
  };
}

interface State {
  isConsuming: boolean;
  isCurrent: boolean;
  /** When it was current for the last time. */
  lostAt: number | undefined;
}

async function follow(
  following: Following,
  state: State,
  signal: AbortSignal,
  onFolded: () => void,
): Promise<void> {
  while (!signal.aborted) {
    const connection = await connectPatiently(following.url, signal).catch(() => undefined);
    if (!connection) return;
    try {
      await consume(connection, following, state, signal, onFolded);
    } catch (error) {
      log('following does not work yet:', error);
      await sleep(againAfterMs, undefined, { signal }).catch(() => undefined);
    }
    await connection.close().catch(() => undefined);
  }
}

/** Until the channel is gone, or the signal comes; what is in hand is folded to its end. */
async function consume(
  connection: ChannelModel,
  { stream, next, fold }: Following,
  state: State,
  signal: AbortSignal,
  onFolded: () => void,
): Promise<void> {
  const channel = await connection.createConfirmChannel();
  const gone = new AbortController();
  const lost = (): void => {
    if (state.isCurrent) state.lostAt = performance.now();
    state.isConsuming = false;
    state.isCurrent = false;
    gone.abort();
  };
  channel.on('error', (error: Error) => log('the channel broke:', error.message));
  channel.once('close', lost);
  const ended = AbortSignal.any([gone.signal, signal]);
  const waiting: Entry[] = [];
  let wake = (): void => undefined;
  const mark = randomUUID();
  await channel.prefetch(mostAtOnce);
  const take = (message: ConsumeMessage | null): void => {
    if (message) waiting.push({ offset: offsetOf(message), message });
    else lost();
    wake();
  };
  const from = { arguments: { 'x-stream-offset': await next() } };
  const { consumerTag } = await channel.consume(stream, take, from);
  state.isConsuming = true;
  tellMark(channel, stream, mark);
  const isOver = (): boolean => ended.aborted;
  ended.addEventListener('abort', () => wake(), { once: true });
  while (!isOver()) {
    if (waiting.length === 0) {
      await new Promise<void>((resolve) => (wake = resolve));
      continue;
    }
    const entries = waiting.splice(0, mostAtOnce);
    await foldPatiently(entries, fold, ended);
    if (isOver()) break;
    channel.ack((entries.at(-1) as Entry).message, true);
    if (entries.some(({ message }) => message.properties.messageId === mark))
      state.isCurrent = true;
    onFolded();
  }
  state.isConsuming = false;
  await channel.cancel(consumerTag).catch(() => undefined);
}

async function foldPatiently(
  entries: readonly Entry[],
  fold: Following['fold'],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted)
    try {
      await fold(entries);
      return;
    } catch (error) {
      log('will fold again:', error);
      await sleep(againAfterMs, undefined, { signal }).catch(() => undefined);
    }
}

function tellMark(channel: ConfirmChannel, stream: string, messageId: string): void {
  channel.sendToQueue(stream, Buffer.from('{}'), { messageId, persistent: true });
}

const offsetOf = ({ properties }: ConsumeMessage): number =>
  Number(properties.headers?.['x-stream-offset']);
