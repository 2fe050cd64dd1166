import { startWorker, type Handle, type Worker } from '../../../kit/node/amqp.js';
import type { Plan, Wait, Work } from '../plan.js';
import { delayQueues } from './delay-queues.js';
import { inProcess } from './in-process.js';
import { oneDelayQueue } from './one-delay-queue.js';

export type Way = (plan: Plan) => Handle;

const ways: Record<Wait, Way> = {
  'in-process': inProcess,
  'delay-queues': delayQueues,
  'one-delay-queue': oneDelayQueue,
};

export function workOnRabbitmq(url: string, { plan, wait, prefetch }: Work): Promise<Worker> {
  return startWorker({ url, queue: 'work', prefetch, handle: ways[wait](plan) });
}
