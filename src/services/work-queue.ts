import type { Broker } from '../kata/broker.js';
import type { BrokerKind, WorkQueue } from '../kata/work-queue.js';
import { rabbitWorkQueue } from './rabbitmq/client/work-queue.js';
import type { CaseRedis } from './redis/client/client.js';

export { openRedis, type CaseRedis } from './redis/client/client.js';

interface Brokers {
  readonly kata: string;
  readonly broker: Broker;
  /** Undefined for a case without one. */
  readonly redis: CaseRedis | undefined;
}

/** On the brokers of the case: one that it did not ask for is a defect of the kata. */
export async function openWorkQueue(
  kind: BrokerKind,
  { kata, broker, redis }: Brokers,
): Promise<WorkQueue> {
  if (kind === 'rabbitmq') return rabbitWorkQueue(broker);
  if (redis === undefined) throw new Error(`${kata} uses Redis Streams, but asks for no redis`);
  return redis.queue;
}
