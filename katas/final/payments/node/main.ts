import { readEnvironment } from '../../../kit/node/environment.js';
import { healthyWhile } from '../../../kit/node/health.js';
import { openPool } from '../../../kit/node/postgres.js';
import { run } from '../../../kit/node/serve.js';
import { openBus, openHopefulBus, type Work } from '../../../kit/node/telemetry/bus.js';
import { metricsRoute } from '../../../kit/node/telemetry/metrics.js';
import { startTracing } from '../../../kit/node/telemetry/tracing.js';
import { readTold, type Told } from './message.js';
import { authorizeAnyway, authorizing, refunding } from './payments.js';
import { guardedProvider, trustedProvider } from './provider.js';

const environment = readEnvironment();
const isHopeful = environment.text('PLAN_STRATEGY', 'shop') === 'happy-path';
const url = environment.text('PROVIDER_URL');

function reactionsOf() {
  if (isHopeful) {
    const provider = trustedProvider(url);
    return { AuthorizePayment: (work: Work, told: Told) => authorizeAnyway(provider, work, told) };
  }
  const provider = guardedProvider({
    url,
    timeoutMs: environment.integer('PLAN_TIMEOUT_MS', 400),
    failures: environment.integer('PLAN_BREAKER_FAILURES', 5),
    openMs: environment.integer('PLAN_BREAKER_OPEN_MS', 500),
  });
  return { AuthorizePayment: authorizing(provider), RefundPayment: refunding(provider) };
}

run({
  port: environment.port,
  async open() {
    const flush = isHopeful ? () => Promise.resolve() : startTracing();
    const pool = await openPool(environment.text('DATABASE_URL'), 24);
    const open = isHopeful ? openHopefulBus : openBus;
    const bus = await open({
      ...{ url: environment.text('AMQP_URL'), pool, queue: 'payments' },
      ...{ reactions: reactionsOf(), read: readTold },
    });
    return {
      routes: { ...metricsRoute, ...healthyWhile(() => bus.isConsuming()) },
      async close() {
        await bus.stop();
        await pool.end();
        await flush();
      },
    };
  },
});
