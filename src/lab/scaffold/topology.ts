import type { Kata } from '../../kata/define.js';

/**
 * The exchanges, queues and bindings of a system, as RabbitMQ imports them for a vhost: what the lab
 * lays out in a run, for whoever works without it.
 */
export function topologyOf({ programs = {}, messages = {} }: Pick<Kata, 'programs' | 'messages'>) {
  const durable = { durable: true, auto_delete: false, arguments: {} };
  const queueOf = (role: string): string => programs[role]?.queue ?? role;
  const exchanges = new Set(Object.values(messages).map(({ exchange }) => exchange));
  const queues = Object.values(programs).flatMap(({ queue }) => queue ?? []);
  return {
    exchanges: [...exchanges].map((name) => ({ name, type: 'topic', ...durable, internal: false })),
    queues: queues.map((name) => ({ name, ...durable })),
    bindings: Object.entries(messages).flatMap(([key, { exchange, to = [] }]) =>
      to.map((role) => ({
        ...{ source: exchange, destination: queueOf(role), destination_type: 'queue' },
        ...{ routing_key: key, arguments: {} },
      })),
    ),
  };
}
