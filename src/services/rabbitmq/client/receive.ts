import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, GetMessage, Message } from 'amqplib';
import type { Death, ObservedNote, Observer, Received } from '../../../kata/broker.js';
import type { Recorder } from '../../../history/recorder.js';
import { bodyOf } from '../../body.js';
import { answered, closed, type BrokerConnection } from './connection.js';

const prefetch = 200;
/** Between two tries to observe further. */
const pauseMs = 50;

/** Every message that is ready, taken away, in order. */
export async function drainQueue(
  connection: BrokerConnection,
  queue: string,
): Promise<readonly Received[]> {
  return connection.withChannel(async (channel) => {
    const messages: Received[] = [];
    for (;;) {
      const message: GetMessage | false = await answered(channel.get(queue, { noAck: true }));
      if (message === false) return messages;
      messages.push(received(message));
    }
  });
}

/** Consumes until stopped, on a new channel whenever the old one ended. */
export async function observeQueue(
  connection: BrokerConnection,
  queue: string,
  recorder: Recorder,
): Promise<Observer> {
  const messages: Received[] = [];
  let stopped = false;
  let close = (): Promise<void> => Promise.resolve();

  const consumeFrom = async (channel: Channel): Promise<void> => {
    channel.once('close', () => {
      if (!stopped) goOn().catch(() => undefined);
    });
    close = () => closed(channel);
    await answered(channel.prefetch(prefetch));
    const acknowledge = inOneGo(channel);
    const consuming = channel.consume(queue, (message) => {
      if (!message || stopped) return;
      const one = received(message);
      messages.push(one);
      recorder.note('observed', { queue, message: one } satisfies ObservedNote);
      acknowledge(message);
    });
    await answered(consuming);
  };
  const goOn = async (): Promise<void> => {
    const channel = await channelAgain(connection);
    await (stopped ? closed(channel) : consumeFrom(channel));
  };
  await consumeFrom(await connection.channel());
  return {
    messages,
    stop: async () => {
      stopped = true;
      await close();
    },
  };
}

/** However long the broker is down, on a busy machine: what is not observed is missing from the evidence. */
async function channelAgain(connection: BrokerConnection): Promise<Channel> {
  for (;;) {
    try {
      return await connection.channel();
    } catch (error) {
      if (connection.isOver) throw error;
      await sleep(pauseMs);
    }
  }
}

/** One acknowledgement for all that came together. */
function inOneGo(channel: Channel): (message: Message) => void {
  let last: Message | undefined;
  const acknowledge = (): void => {
    const upTo = last as Message;
    last = undefined;
    try {
      channel.ack(upTo, true);
    } catch {
      // The channel is gone, and they come again on the next.
    }
  };
  return (message) => {
    if (last === undefined) setImmediate(acknowledge);
    last = message;
  };
}

function received({ content, fields, properties }: Message): Received {
  const { 'x-death': died, ...headers } = properties.headers ?? {};
  return {
    id: properties.messageId === undefined ? '' : String(properties.messageId),
    ...(properties.correlationId !== undefined && {
      correlationId: String(properties.correlationId),
    }),
    ...bodyOf(content.toString()),
    headers: headers,
    exchange: fields.exchange,
    key: fields.routingKey,
    redelivered: fields.redelivered,
    persistent: properties.deliveryMode === 2,
    ...(properties.expiration !== undefined && { expirationMs: Number(properties.expiration) }),
    deaths: (died ?? []).map(death),
  };
}

type XDeath = NonNullable<NonNullable<Message['properties']['headers']>['x-death']>[number];

function death({ queue, reason, count, exchange, 'routing-keys': keys }: XDeath): Death {
  return { queue, reason, count, exchange, keys };
}
