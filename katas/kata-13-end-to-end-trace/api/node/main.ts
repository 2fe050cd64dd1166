import { readEnvironment } from '../../../kit/node/environment.js';
import { run } from '../../../kit/node/serve.js';
import { metricsRoute } from '../../../kit/node/telemetry/metrics.js';
import { startTracing } from '../../../kit/node/telemetry/tracing.js';
import { blindly } from './blindly.js';
import { observed } from './observed.js';
import { placeOrder } from './orders.js';
import { openPublisher } from './publisher.js';

const environment = readEnvironment();
const strategy = environment.text('PLAN_STRATEGY', 'full');

run({
  port: environment.port,
  async open() {
    const flush = strategy === 'blind' ? () => Promise.resolve() : startTracing();
    const publisher = await openPublisher(environment.text('AMQP_URL'));
    return {
      // What a message carries of its request, if anything.
      routes: { ...metricsRoute, 'POST /orders': placeOrder(publisher, strategy) },
      around: strategy === 'blind' ? blindly : observed,
      async close() {
        await publisher.close();
        await flush();
      },
    };
  },
});
