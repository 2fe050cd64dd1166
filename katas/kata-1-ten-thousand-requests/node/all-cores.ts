import cluster from 'node:cluster';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { oneCore } from './one-core.js';
import type { Strategy } from './orders.js';

/**
 * As many processes as there are cores, each with an event loop of its own; the first process takes
 * the connections and hands them out in turn. The workers share no memory: a balance, a cache or a
 * counter would be there once in each of them.
 */
export const allCores: Strategy = (conditions) => {
  if (cluster.isPrimary) {
    lead(availableParallelism());
    return;
  }
  const { serve } = conditions;
  oneCore({ ...conditions, serve: (wait) => serve(wait, everybodyIsReady) });
};

function lead(count: number): void {
  const workers = Array.from({ length: count }, () => cluster.fork());
  let stopping = false;
  // The workers get the signal too, and drain.
  process.once('SIGTERM', () => (stopping = true));
  let left = count;
  for (const worker of workers)
    worker.once('exit', (code) => {
      left -= 1;
      // One that dies is missed by its clients: rather none than fewer without a word.
      if (code !== 0 || !stopping) process.exit(1);
      if (left === 0) process.exit(0);
    });
  // The port opens once all are there, or the first would get every connection.
  void Promise.all(workers.map((worker) => once(worker, 'message'))).then(() => {
    for (const worker of workers) worker.send('open');
  });
}

async function everybodyIsReady(): Promise<void> {
  process.send?.('ready');
  await once(process, 'message');
}
