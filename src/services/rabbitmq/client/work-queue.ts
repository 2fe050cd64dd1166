import type { Broker } from '../../../kata/broker.js';
import type { WorkQueue } from '../../../kata/work-queue.js';

/** On the broker of the case; programs reach it through a tap, so that a drain misses nothing. */
export async function rabbitWorkQueue(broker: Broker): Promise<WorkQueue> {
  const tap = await broker.tap();
  return {
    kind: 'rabbitmq',
    through: { broker: tap },
    declare: (name, options) =>
      broker.declareQueue(name, options?.arguments && { arguments: options.arguments }),
    publish: (queue, messages) => broker.publish(queue, messages),
    waiting: async (queue) => (await broker.depth(queue)).ready,
    takers: (queue) => Promise.resolve(tap.consumers(queue)),
    drain: (queue) => broker.drain(queue),
    kill: () => broker.kill(),
    stop: () => broker.stop(),
    start: () => broker.start(),
  };
}
