import { startWorker as startOnRabbitmq } from '../../kit/node/amqp.js';
import { readEnvironment } from '../../kit/node/environment.js';
import { healthyWhile } from '../../kit/node/health.js';
import { log } from '../../kit/node/log.js';
import { startWorker as startOnRedis } from '../../kit/node/redis.js';
import { run } from '../../kit/node/serve.js';
import { dlxHeader } from './dlx-header.js';
import { drop } from './drop.js';
import type { Strategy } from './failure.js';
import { quorumDeliveryLimit } from './quorum-delivery-limit.js';
import { requeueForever } from './requeue-forever.js';
import { ship } from './ship.js';

const environment = readEnvironment();
const queue = 'work';
const prefetch = environment.integer('PLAN_PREFETCH', 5);
const warehouse = environment.text('UPSTREAM_URL');
/** What another worker held is taken over after this: a new version must not wait for long. */
const claimIdleMs = 500;

const strategies = new Map<string, Strategy>(
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
    const strategy = strategies.get(name);
    if (!strategy) throw new Error(`there is no strategy "${name}"`);
    const isOnRedis = environment.text('PLAN_BROKER', 'rabbitmq') === 'redis-streams';
    const worker = await (isOnRedis ? onRedis(strategy) : onRabbitmq(strategy));
    const routes = healthyWhile(() => worker.isConsuming());
    return { routes, close: () => worker.stop() };
  },
});

function onRabbitmq({ onRabbitmq: onFailure }: Strategy) {
  return startOnRabbitmq({
    ...{ url: environment.text('AMQP_URL'), queue, prefetch },
    async handle(message, channel, hurry) {
      const { content, properties } = message;
      const reason = await tried(properties.messageId, content.toString(), hurry);
      return reason === undefined ? 'ack' : onFailure({ message, channel, reason });
    },
  });
}

function onRedis({ onRedis: onFailure }: Strategy) {
  return startOnRedis({
    ...{ url: environment.text('REDIS_URL'), queue, prefetch, claimIdleMs },
    async handle(message, _client, hurry) {
      const reason = await tried(message.id, message.body, hurry);
      return reason === undefined ? 'ack' : onFailure(message, reason);
    },
  });
}

/** @returns why it failed; undefined where it is shipped. @throws where it had to be broken off */
async function tried(id: unknown, body: string, hurry: AbortSignal): Promise<string | undefined> {
  try {
    await ship(warehouse, body, hurry);
    return undefined;
  } catch (error) {
    if (hurry.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    log('message', id, 'failed:', reason);
    return reason;
  }
}
