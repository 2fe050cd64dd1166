import { readEnvironment } from '../../../kit/node/environment.js';
import { healthyWhile } from '../../../kit/node/health.js';
import { openPool } from '../../../kit/node/postgres.js';
import { run } from '../../../kit/node/serve.js';
import { openBus, openHopefulBus } from '../../../kit/node/telemetry/bus.js';
import { metricsRoute } from '../../../kit/node/telemetry/metrics.js';
import { countedRequests, observedRequests } from '../../../kit/node/telemetry/requests.js';
import { startTracing } from '../../../kit/node/telemetry/tracing.js';
import { Clients } from './clients.js';
import { watchDeadlines } from './deadline.js';
import { routesOf } from './edge.js';
import * as happyPath from './happy-path.js';
import { prepareKeys } from './idempotency.js';
import { readTold } from './message.js';
import { RateLimit } from './rate-limit.js';
import * as saga from './saga.js';

const environment = readEnvironment();
const strategy = environment.text('PLAN_STRATEGY', 'shop');
const isHopeful = strategy === 'happy-path';

run({
  port: environment.port,
  async open() {
    const flush = isHopeful ? () => Promise.resolve() : startTracing();
    const pool = await openPool(environment.text('DATABASE_URL'), 20);
    if (!isHopeful) await prepareKeys(pool);
    const begin = isHopeful ? happyPath.begin : saga.begin;
    const reactions = isHopeful ? happyPath.reactions : saga.reactions;
    const open = isHopeful ? openHopefulBus : openBus;
    const url = environment.text('AMQP_URL');
    const bus = await open({ url, pool, queue: 'orders', reactions, read: readTold });
    const deadlineMs = environment.integer('PLAN_DEADLINE_MS', 3_000);
    const stopLooking = isHopeful ? () => Promise.resolve() : watchDeadlines(pool, bus, deadlineMs);
    const limit = isHopeful
      ? undefined
      : new RateLimit(environment.integer('PLAN_RATE', 20), environment.integer('PLAN_BURST', 20));
    return {
      routes: {
        ...metricsRoute,
        ...healthyWhile(() => bus.isConsuming()),
        ...routesOf({ pool, clients: new Clients(pool), bus, begin, limit }),
      },
      around: isHopeful ? countedRequests : observedRequests,
      async close() {
        await stopLooking();
        await bus.stop();
        await pool.end();
        await flush();
      },
    };
  },
});
