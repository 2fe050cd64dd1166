import { readEnvironment } from '../../../kit/node/environment.js';
import { healthyWhile } from '../../../kit/node/health.js';
import { openPool } from '../../../kit/node/postgres.js';
import { run } from '../../../kit/node/serve.js';
import { openBus, openHopefulBus, type Work } from '../../../kit/node/telemetry/bus.js';
import { metricsRoute } from '../../../kit/node/telemetry/metrics.js';
import { startTracing } from '../../../kit/node/telemetry/tracing.js';
import { readTold, type Told } from './message.js';
import { bookAnyway, booking, cancelling } from './parcels.js';
import { guardedCarrier, trustedCarrier } from './carrier.js';

const environment = readEnvironment();
const isHopeful = environment.text('PLAN_STRATEGY', 'shop') === 'happy-path';
const url = environment.text('CARRIER_URL');

function reactionsOf() {
  if (isHopeful) {
    const carrier = trustedCarrier(url);
    return { BookParcel: (work: Work, told: Told) => bookAnyway(carrier, work, told) };
  }
  const carrier = guardedCarrier({
    url,
    timeoutMs: environment.integer('PLAN_TIMEOUT_MS', 400),
    failures: environment.integer('PLAN_BREAKER_FAILURES', 5),
    openMs: environment.integer('PLAN_BREAKER_OPEN_MS', 500),
  });
  return { BookParcel: booking(carrier), CancelParcel: cancelling(carrier) };
}

run({
  port: environment.port,
  async open() {
    const flush = isHopeful ? () => Promise.resolve() : startTracing();
    const pool = await openPool(environment.text('DATABASE_URL'), 24);
    const open = isHopeful ? openHopefulBus : openBus;
    const bus = await open({
      ...{ url: environment.text('AMQP_URL'), pool, queue: 'shipping' },
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
