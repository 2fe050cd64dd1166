import { readEnvironment } from '../../kit/node/environment.js';
import { healthyWhile } from '../../kit/node/health.js';
import { run } from '../../kit/node/serve.js';
import type { Backoff, Limits } from './backoff.js';
import { chargesAt } from './charges.js';
import { exponential } from './exponential.js';
import { fixed } from './fixed.js';
import { fullJitter } from './full-jitter.js';
import { immediate } from './immediate.js';
import type { Wait, Work } from './plan.js';
import { workOnRabbitmq } from './rabbitmq/work.js';
import { workOnRedis } from './redis/work.js';

const environment = readEnvironment();

const strategies: Record<string, (limits: Limits) => Backoff> = {
  immediate: () => immediate,
  fixed,
  exponential,
  'exponential-full-jitter': fullJitter,
};

run({
  port: environment.port,
  async open() {
    const stopping = new AbortController();
    const worker = await start(stopping.signal);
    return {
      routes: healthyWhile(() => worker.isConsuming()),
      async close() {
        stopping.abort();
        await worker.stop();
      },
    };
  },
});

function start(stopping: AbortSignal): ReturnType<typeof workOnRabbitmq> {
  const strategy = environment.text('PLAN_STRATEGY', 'exponential-full-jitter');
  const backoffOf = strategies[strategy];
  if (!backoffOf) throw new Error(`there is no strategy "${strategy}"`);
  const baseMs = environment.integer('PLAN_BASE_MS', 100);
  const capMs = environment.integer('PLAN_CAP_MS', 1_000);
  const plan = {
    charge: chargesAt(environment.text('UPSTREAM_URL')),
    backoff: backoffOf({ baseMs, capMs }),
    longestMs: Math.max(baseMs, capMs),
    attempts: environment.integer('PLAN_ATTEMPTS', 6),
    stopping,
  };
  // Who does not wait needs no place to wait in.
  const wait = strategy === 'immediate' ? 'in-process' : waitOf();
  const work: Work = { plan, wait, prefetch: environment.integer('PLAN_PREFETCH', 10) };
  return environment.text('PLAN_BROKER', 'rabbitmq') === 'redis-streams'
    ? workOnRedis(environment.text('REDIS_URL'), work)
    : workOnRabbitmq(environment.text('AMQP_URL'), work);
}

function waitOf(): Wait {
  const wait = environment.text('PLAN_WAIT', 'delay-queues');
  if (wait === 'in-process' || wait === 'delay-queues' || wait === 'one-delay-queue') return wait;
  throw new Error(`there is no way to wait "${wait}"`);
}
