import type pg from 'pg';
import { readEnvironment } from '../../../kit/node/environment.js';
import { healthyWhile } from '../../../kit/node/health.js';
import { lockKey, openInbox, type Reactions } from '../../../kit/node/inbox.js';
import { startRelay } from '../../../kit/node/outbox.js';
import { inTransaction, openPool } from '../../../kit/node/postgres.js';
import { BadRequest, run } from '../../../kit/node/serve.js';
import type { Routes } from '../../../kit/node/routes.js';
import { readTold, type Told } from './message.js';
import { reserve, release } from './reservations.js';

const keep = async (tx: Parameters<typeof reserve>[0], told: Told): Promise<void> => {
  await reserve(tx, told);
};

/** What this service reacts to, by the style of the saga. */
const styles = new Map<string, Reactions<Told>>([
  ['sync-chain', {}],
  ['no-compensation', { PaymentAuthorized: keep }],
  ['choreography', { PaymentAuthorized: keep, OrderRejected: release }],
  ['orchestration', { ReserveStock: keep, ReleaseStock: release }],
]);

const environment = readEnvironment();

run({
  port: environment.port,
  async open() {
    const style = environment.text('PLAN_STRATEGY', 'choreography');
    const reactions = styles.get(style);
    if (!reactions) throw new Error(`there is no strategy "${style}"`);
    const url = environment.text('AMQP_URL');
    const pool = await openPool(environment.text('DATABASE_URL'), 8);
    const relay = startRelay(pool, url);
    const worker = await openInbox({
      ...{ url, pool, queue: 'inventory', reactions, read: readTold },
      keyOf: ({ order }) => order,
      onCommitted: relay.wake,
    });
    return {
      routes: {
        ...healthyWhile(() => worker.isConsuming()),
        ...routes(pool, relay.wake),
      },
      async close() {
        await worker.stop();
        await relay.stop();
        await pool.end();
      },
    };
  },
});

/** For a style that calls in place of telling. */
function routes(pool: pg.Pool, onCommitted: () => void): Routes {
  const called =
    (work: typeof reserve | typeof release, reply: (status: unknown) => number) =>
    async (body: unknown) => {
      const told = readCall(body);
      const status = await inTransaction(pool, 'READ COMMITTED', async (tx) => {
        await lockKey(tx, told.order);
        return work(tx, told);
      });
      onCommitted();
      return { status: reply(status), body: { order: told.order } };
    };
  return {
    'POST /reservations': called(reserve, (status) => (status === 'RESERVED' ? 201 : 409)),
    'POST /releases': called(release, () => 200),
  };
}

function readCall(body: unknown): Told {
  try {
    return readTold(body);
  } catch (error) {
    throw new BadRequest(String(error));
  }
}
