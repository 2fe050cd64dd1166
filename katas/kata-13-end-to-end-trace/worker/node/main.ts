import type { ConsumeMessage } from 'amqplib';
import { startWorker } from '../../../kit/node/amqp.js';
import { readEnvironment } from '../../../kit/node/environment.js';
import { healthyWhile } from '../../../kit/node/health.js';
import { log } from '../../../kit/node/log.js';
import { openPool } from '../../../kit/node/postgres.js';
import { run } from '../../../kit/node/serve.js';
import { metricsRoute } from '../../../kit/node/telemetry/metrics.js';
import { startTracing } from '../../../kit/node/telemetry/tracing.js';
import { blindly } from './blindly.js';
import { observed } from './observed.js';
import { readOrder, type Order } from './orders.js';

const environment = readEnvironment();
const strategy = environment.text('PLAN_STRATEGY', 'full');

run({
  port: environment.port,
  async open() {
    const flush = strategy === 'blind' ? () => Promise.resolve() : startTracing();
    const pool = await openPool(environment.text('DATABASE_URL'), 10);
    const take = strategy === 'blind' ? blindly(pool) : observed(pool);
    const worker = await startWorker({
      url: environment.text('AMQP_URL'),
      queue: 'orders',
      prefetch: 10,
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

/** A message with what it carries beside the order. */
export interface Message {
  readonly order: Order;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Undefined where it is no order: it would be no more readable the next time. */
function read({ content, properties }: ConsumeMessage): Message | undefined {
  try {
    return { order: readOrder(content.toString()), headers: properties.headers ?? {} };
  } catch (error) {
    log('a message is given up:', error);
    return undefined;
  }
}
