import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { Handle } from '../../../kit/node/amqp.js';
import { Unroutable } from '../../../kit/node/publish.js';
import type { Plan } from '../plan.js';
import { giveUp, publish } from './publish.js';

/** Jitter is rounded down to this, so that there are not as many queues as there are milliseconds. */
const stepMs = 40;
/**
 * A queue that nobody has declared for so long is taken away by the broker, with all it holds (which
 * nothing does for so long).
 */
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

  async function wait(message: ConsumeMessage, channel: ConfirmChannel, attempt: number) {
    const ms = roundedMs(backoff(attempt));
    const headers = { 'x-attempt': attempt + 1 };
    try {
      await publish(channel, await queueFor(channel, ms), message, { headers });
    } catch (error) {
      if (!(error instanceof Unroutable)) throw error;
      // The queue is gone, by whosever hand: it only needs to be declared anew.
      declared.delete(ms);
      await publish(channel, await queueFor(channel, ms), message, { headers });
    }
  }

  return {
    async prepare(channel) {
      const first = Array.from({ length: attempts - 1 }, (_, at) => backoff(at + 1));
      for (const ms of delays(first, longestMs)) await queueFor(channel, ms);
    },
    async handle(message, channel) {
      const attempt = attemptOf(message);
      const outcome = await charge(String(message.properties.messageId));
      if (outcome === 'charged') return 'ack';
      if (outcome === 'refused' || attempt >= attempts) await giveUp(channel, message, attempt);
      else await wait(message, channel, attempt);
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
