import type { ConsumeMessage } from 'amqplib';
import { startWorker } from '../../../kit/node/amqp.js';
import { readEnvironment } from '../../../kit/node/environment.js';
import { healthyWhile } from '../../../kit/node/health.js';
import { log } from '../../../kit/node/log.js';
import { openPool } from '../../../kit/node/postgres.js';
import { run } from '../../../kit/node/serve.js';
import { metricsRoute } from '../../../kit/node/telemetry/metrics.js';
import { startTracing } from '../../../kit/node/telemetry/tracing.js';
import { readOrder } from '../../../kata-13-end-to-end-trace/worker/node/orders.js';
import { attempts, type Message } from './attempts.js';
import { turnClock } from './clock.js';
import { habitsOf } from './habits.js';

const environment = readEnvironment();
const habits = habitsOf(environment.integer('PLAN_NUMBER'));
turnClock(habits.clockMs);

run({
  port: environment.port,
  async open() {
    const flush = startTracing();
    const pool = await openPool(environment.text('DATABASE_URL'), habits.connections);
    const take = attempts({ pool, warehouse: environment.text('UPSTREAM_URL'), habits });
    const worker = await startWorker({
      url: environment.text('AMQP_URL'),
      queue: 'orders',
      prefetch: habits.prefetch,
      async handle(delivered) {
        const message = read(delivered);
        if (!message) return 'discard';
        return (await take(message)) ? 'ack' : 'requeue';
      },
    });
    return {
      routes: { ...metricsRoute, ...healthyWhile(() => worker.isConsuming()) },
      async close() {
        await worker.stop();
        await pool.end();
        await flush();
      },
    };
  },
});

/** Undefined where it is no order: it would be no more readable the next time. */
function read({ content, properties }: ConsumeMessage): Message | undefined {
  try {
    return { order: readOrder(content.toString()), headers: properties.headers ?? {} };
  } catch (error) {
    log('a message is given up:', error);
    return undefined;
  }
}
