import { readEnvironment } from '../../../kit/node/environment.js';
import { healthyWhile } from '../../../kit/node/health.js';
import { openPool } from '../../../kit/node/postgres.js';
import { run } from '../../../kit/node/serve.js';
import { openBus, openHopefulBus } from '../../../kit/node/telemetry/bus.js';
import { metricsRoute } from '../../../kit/node/telemetry/metrics.js';
import { startTracing } from '../../../kit/node/telemetry/tracing.js';
import { readTold } from './message.js';
import { release, reserve, reserveAnyway } from './stock.js';

const environment = readEnvironment();
const isHopeful = environment.text('PLAN_STRATEGY', 'shop') === 'happy-path';
const reactions = isHopeful
  ? { ReserveStock: reserveAnyway }
  : { ReserveStock: reserve, ReleaseStock: release };

run({
  port: environment.port,
  async open() {
    const flush = isHopeful ? () => Promise.resolve() : startTracing();
    const pool = await openPool(environment.text('DATABASE_URL'), 12);
    const open = isHopeful ? openHopefulBus : openBus;
    const url = environment.text('AMQP_URL');
    const bus = await open({ url, pool, queue: 'inventory', reactions, read: readTold });
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
