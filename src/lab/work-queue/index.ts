import type { Broker } from '../../kata/broker.js';
import type { BrokerKind, WorkQueue } from '../../kata/work-queue.js';
import { rabbitWorkQueue } from './rabbitmq.js';

interface Brokers {
  readonly broker: Broker;
}

export function openWorkQueue(kind: BrokerKind, { broker }: Brokers): Promise<WorkQueue> {
  switch (kind) {
    case 'rabbitmq':
      return rabbitWorkQueue(broker);
    case 'redis-streams':
      throw new Error('Redis is no service of the lab yet');
  }
}
