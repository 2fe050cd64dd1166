import { startWorker } from '../../kit/node/amqp.js';
import { readEnvironment } from '../../kit/node/environment.js';
import { run } from '../../kit/node/serve.js';
import type { Backoff, Limits } from './backoff.js';
import { chargesAt } from './charges.js';
import { delayQueues } from './delay-queues.js';
import { exponential } from './exponential.js';
import { fixed } from './fixed.js';
import { fullJitter } from './full-jitter.js';
import { immediate } from './immediate.js';
import { inProcess } from './in-process.js';
import { oneDelayQueue } from './one-delay-queue.js';
import type { Way } from './way.js';

const environment = readEnvironment();

const strategies = new Map<string, (limits: Limits) => Backoff>(
  Object.entries({
    immediate: () => immediate,
    fixed,
    exponential,
    'exponential-full-jitter': fullJitter,
  }),
);

const ways = new Map<string, Way>(
  Object.entries({
    'in-process': inProcess,
    'delay-queues': delayQueues,
    'one-delay-queue': oneDelayQueue,
  }),
);

run({
  port: environment.port,
  async open() {
    const strategy = environment.text('PLAN_STRATEGY', 'exponential-full-jitter');
    const backoffOf = strategies.get(strategy);
    if (!backoffOf) throw new Error(`there is no strategy "${strategy}"`);
    // Who does not wait needs no place to wait in.
    const wait =
      strategy === 'immediate' ? 'in-process' : environment.text('PLAN_WAIT', 'delay-queues');
    const way = ways.get(wait);
    if (!way) throw new Error(`there is no way to wait "${wait}"`);
    const stopping = new AbortController();
    const worker = await startWorker({
      url: environment.text('AMQP_URL'),
      queue: 'work',
      prefetch: environment.integer('PLAN_PREFETCH', 10),
      handle: way({
        charge: chargesAt(environment.text('UPSTREAM_URL')),
        backoff: backoffOf({
          baseMs: environment.integer('PLAN_BASE_MS', 80),
          capMs: environment.integer('PLAN_CAP_MS', 1_000),
        }),
        attempts: environment.integer('PLAN_ATTEMPTS', 6),
        stopping: stopping.signal,
      }),
    });
    return {
      routes: {},
      async close() {
        stopping.abort();
        await worker.stop();
      },
    };
  },
});
