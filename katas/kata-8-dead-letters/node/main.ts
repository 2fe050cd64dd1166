import { startWorker } from '../../kit/node/amqp.js';
import { readEnvironment } from '../../kit/node/environment.js';
import { log } from '../../kit/node/log.js';
import { run } from '../../kit/node/serve.js';
import { dlxHeader } from './dlx-header.js';
import { drop } from './drop.js';
import type { OnFailure } from './failure.js';
import { quorumDeliveryLimit } from './quorum-delivery-limit.js';
import { requeueForever } from './requeue-forever.js';
import { ship } from './ship.js';

const environment = readEnvironment();

const strategies = new Map<string, OnFailure>(
  Object.entries({
    'requeue-forever': requeueForever,
    drop,
    'dlx-header': dlxHeader,
    'quorum-delivery-limit': quorumDeliveryLimit,
  }),
);

run({
  port: environment.port,
  async open() {
    const name = environment.text('PLAN_STRATEGY', 'requeue-forever');
    const onFailure = strategies.get(name);
    if (!onFailure) throw new Error(`there is no strategy "${name}"`);
    const warehouse = environment.text('UPSTREAM_URL');
    const worker = await startWorker({
      url: environment.text('AMQP_URL'),
      queue: 'work',
      prefetch: environment.integer('PLAN_PREFETCH', 5),
      async handle(message, channel) {
        try {
          await ship(warehouse, message);
          return 'ack';
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          log('message', message.properties.messageId, 'failed:', reason);
          return onFailure({ message, channel, reason });
        }
      },
    });
    return { routes: {}, close: () => worker.stop() };
  },
});
