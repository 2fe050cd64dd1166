import { connectPatiently, startWorker, type Handle, type Worker } from '../../../kit/node/amqp.js';
import type { Plan, Work } from '../plan.js';
import { delayQueues, type DelayQueues } from './delay-queues.js';
import { inProcess } from './in-process.js';
import { oneDelayQueue } from './one-delay-queue.js';

export type Way = (plan: Plan) => Handle;

export async function workOnRabbitmq(url: string, work: Work): Promise<Worker> {
  const handle = await handleOf(url, work);
  return startWorker({ url, queue: 'work', prefetch: work.prefetch, handle });
}

async function handleOf(url: string, { plan, wait }: Work): Promise<Handle> {
  if (wait === 'in-process') return inProcess(plan);
  if (wait === 'one-delay-queue') return oneDelayQueue(plan);
  const queues = delayQueues(plan);
  await prepare(url, queues, plan.stopping);
  return queues.handle;
}

async function prepare(url: string, queues: DelayQueues, stopping: AbortSignal): Promise<void> {
  const connection = await connectPatiently(url, stopping);
  await queues.prepare(await connection.createConfirmChannel());
  await connection.close();
}
