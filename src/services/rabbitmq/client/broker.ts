import type { Broker, DrainedNote } from '../../../kata/broker.js';
import type { Recorder } from '../../../history/recorder.js';
import { answered, BrokerConnection, closed } from './connection.js';
import { publishAll } from './publish.js';
import { noteOf, restarts } from '../../private/restarts.js';
import { drainQueue, observeQueue } from './receive.js';
import type { BrokerControl } from '../../private/restarts.js';
import { untilIdle, untilNoticed } from './idle.js';
import { startTap, type RunningTap } from './tap.js';

export interface OpenBroker extends Broker {
  /** Ends observers, taps and connections. */
  close(): Promise<void>;
}

interface BrokerConditions {
  /** Of the case's vhost. */
  readonly url: string;
  readonly control: BrokerControl;
  /** Of everybody in the vhost. @returns how many there were */
  readonly cutConnections: () => Promise<number>;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

const settledWithinMs = 10_000;

/** The lab's own way to a case's broker: never through the implementation. */
export function openBroker(conditions: BrokerConditions): OpenBroker {
  const { url, recorder, signal } = conditions;
  const connection = new BrokerConnection(url, signal);
  const taps: RunningTap[] = [];
  const counters = { deliveries: 0, publications: 0 };
  const observed: string[] = [];
  const closing: (() => Promise<void>)[] = [];
  const depth: Broker['depth'] = (queue) =>
    connection.withChannel(async (channel) => {
      const { messageCount: ready, consumerCount: consumers } = await answered(
        channel.checkQueue(queue),
      );
      return { ready, consumers };
    });
  const looks = { taps, observed, depth, signal };
  return {
    url,
    async declareQueue(name, options = {}) {
      await connection.withChannel((channel) =>
        answered(channel.assertQueue(name, { ...options })),
      );
    },
    async deleteQueue(name) {
      await connection.withChannel((channel) => answered(channel.deleteQueue(name)));
    },
    async declareExchange(name, type, options = {}) {
      await connection.withChannel((channel) =>
        answered(channel.assertExchange(name, type, { ...options })),
      );
    },
    async bindQueue(queue, exchange, key, args) {
      await connection.withChannel((channel) =>
        answered(channel.bindQueue(queue, exchange, key, args)),
      );
    },
    async unbindQueue(queue, exchange, key) {
      await connection.withChannel((channel) =>
        answered(channel.unbindQueue(queue, exchange, key)),
      );
    },
    async publish(to, messages, options = {}) {
      const channel = await connection.confirmChannel();
      try {
        return await publishAll(channel, to, messages, { ...options, recorder, signal });
      } finally {
        await closed(channel);
      }
    },
    async drain(queue) {
      await untilNoticed(queue, looks);
      const messages = await drainQueue(connection, queue);
      recorder.note('drained', { queue, messages } satisfies DrainedNote);
      return messages;
    },
    depth,
    async observe(queue) {
      const observer = await observeQueue(connection, queue, recorder);
      observed.push(queue);
      const stop = async (): Promise<void> => {
        await observer.stop();
        observed.splice(observed.indexOf(queue), 1);
      };
      closing.push(() => observer.stop());
      return { messages: observer.messages, stop };
    },
    async tap(before = { url }) {
      const tap = await startTap(taps.length, before.url, recorder, counters);
      taps.push(tap);
      closing.push(() => tap.stop());
      return tap;
    },
    async settled(queues, limitMs = settledWithinMs) {
      const idle = await untilIdle(queues, limitMs, looks);
      if (!idle) recorder.note('awaited-in-vain', { what: `idle: ${queues.join(', ')}` });
      return idle;
    },
    ...restarts(conditions),
    async cutConnections() {
      const connections = await conditions.cutConnections();
      noteOf(recorder, 'broker-connections-cut', { connections });
    },
    async close() {
      await Promise.all(closing.map((end) => end()));
      await connection.close();
    },
  };
}
