import type pg from 'pg';
import { readEnvironment } from '../../kit/node/environment.js';
import { openPool } from '../../kit/node/postgres.js';
import { run } from '../../kit/node/serve.js';
import { untilKnown } from './again.js';
import { dualWrite, publishFirst } from './dual-write.js';
import { readOrder, Unavailable, type Place } from './orders.js';
import { intoOutbox, naiveRelay, relayInOrder, type Turn } from './outbox.js';
import { Publisher } from './publisher.js';
import { keepRelaying } from './relay.js';

interface Strategy {
  readonly place: (pool: pg.Pool, publisher: Publisher) => Place;
  /** Left out where nothing is left to publish. */
  readonly relay?: (pool: pg.Pool, publisher: Publisher) => Turn;
}

const strategies = new Map<string, Strategy>([
  ['dual-write', { place: dualWrite }],
  ['publish-first', { place: publishFirst }],
  ['outbox-naive', { place: intoOutbox, relay: naiveRelay }],
  ['outbox', { place: intoOutbox, relay: relayInOrder }],
]);

const environment = readEnvironment();
const isRelay = environment.text('PLAN_PROCESS', 'api') === 'relay';

run({
  port: environment.port,
  async open() {
    const name = environment.text('PLAN_STRATEGY', 'outbox');
    const strategy = strategies.get(name);
    if (!strategy) throw new Error(`there is no strategy "${name}"`);
    const publisher = new Publisher(environment.text('AMQP_URL'));
    const pool = await openPool(environment.text('DATABASE_URL'), isRelay ? 2 : 20);
    const stop =
      isRelay && strategy.relay ? keepRelaying(strategy.relay(pool, publisher)) : undefined;
    return {
      routes: isRelay ? {} : routes(untilKnown(strategy.place(pool, publisher))),
      close: async () => {
        await stop?.();
        await publisher.close();
        await pool.end();
      },
    };
  },
});

function routes(place: Place) {
  return {
    'POST /orders': async (body: unknown) => {
      const order = readOrder(body);
      try {
        await place(order);
        return { status: 201, body: { id: order.id } };
      } catch (error) {
        if (error instanceof Unavailable) return { status: 503, body: { error: error.message } };
        throw error;
      }
    },
  };
}
