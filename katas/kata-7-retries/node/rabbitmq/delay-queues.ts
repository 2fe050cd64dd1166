import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { Handle } from '../../../kit/node/amqp.js';
import type { Plan } from '../plan.js';
import { giveUp, publish } from './publish.js';

/** Jitter is rounded down to this, so that there are not as many queues as there are milliseconds. */
const stepMs = 40;
/** A queue that nobody has declared for so long is taken away by the broker, with all it holds. */
const expiresMs = 600_000;
const declareAgainMs = 60_000;

/**
 * The broker waits: a queue for each delay, where a message lies until it is as old as all others
 * in there must become, and from where it goes back to `work`. The worker has its hands free, and
 * the number of the attempt travels with the message.
 */
export function delayQueues({ charge, backoff, attempts, longestMs }: Plan): DelayQueues {
  const declared = new Map<number, Declared>();

  /** Once for all that come meanwhile, and again now and then. */
  async function queueFor(channel: ConfirmChannel, ms: number): Promise<string> {
    const before = declared.get(ms);
    const isFresh = before !== undefined && Date.now() - before.at < declareAgainMs;
    const current = isFresh ? before : { at: Date.now(), done: declare(channel, ms) };
    declared.set(ms, current);
    try {
      await current.done;
    } catch (error) {
      declared.delete(ms);
      throw error;
    }
    return nameOf(ms);
  }

  return {
    async prepare(channel) {
      const first = Array.from({ length: attempts - 1 }, (_, at) => backoff(at + 1));
      for (const ms of delays(first, longestMs)) await queueFor(channel, ms);
    },
    async handle(message, channel) {
      const attempt = attemptOf(message);
      if (await charge(String(message.properties.messageId))) return 'ack';
      if (attempt >= attempts) await giveUp(channel, message, attempt);
      else {
        const queue = await queueFor(channel, roundedMs(backoff(attempt)));
        await publish(channel, queue, message, { headers: { 'x-attempt': attempt + 1 } });
      }
      return 'ack';
    },
  };
}

export interface DelayQueues {
  /** All queues that may be needed: a new one takes its time, and the first to wait would wait for it. */
  prepare(channel: ConfirmChannel): Promise<void>;
  readonly handle: Handle;
}

interface Declared {
  readonly at: number;
  readonly done: Promise<unknown>;
}

const nameOf = (ms: number): string => `work.delay.${ms}`;

function declare(channel: ConfirmChannel, ms: number): Promise<unknown> {
  return channel.assertQueue(nameOf(ms), {
    messageTtl: ms,
    deadLetterExchange: '',
    deadLetterRoutingKey: 'work',
    expires: ms + expiresMs,
  });
}

/** A header of our own: since RabbitMQ 4.0 nobody can publish an x-death that counts. */
export function attemptOf({ properties }: ConsumeMessage): number {
  const attempt: unknown = properties.headers?.['x-attempt'];
  return typeof attempt === 'number' ? attempt : 1;
}

/** What the strategies without jitter say stays as it is: it is no fraction. */
function roundedMs(ms: number): number {
  return Number.isInteger(ms) ? ms : Math.floor(ms / stepMs) * stepMs;
}

function delays(first: readonly number[], longestMs: number): readonly number[] {
  if (first.every(Number.isInteger)) return first;
  return Array.from({ length: Math.floor(longestMs / stepMs) + 1 }, (_, at) => at * stepMs);
}
