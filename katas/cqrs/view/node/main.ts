import type { IncomingHttpHeaders } from 'node:http';
import type pg from 'pg';
import { readEnvironment } from '../../../kit/node/environment.js';
import { healthyWhile } from '../../../kit/node/health.js';
import { openPool } from '../../../kit/node/postgres.js';
import type { Routes } from '../../../kit/node/routes.js';
import { run } from '../../../kit/node/serve.js';
import { idempotent, naive, versioned } from './projections.js';
import { readSide, type Patience } from './read-side.js';
import { addedUp, fold, nextOf, ordersOf, summed, type Projection } from './store.js';
import { followStream, type Follower } from './stream.js';
import { writeSide } from './write-side.js';

const environment = readEnvironment();
const strategy = environment.text('PLAN_STRATEGY', 'versioned-projection');
const stream = 'view';

const projections: Readonly<Record<string, Projection>> = {
  'naive-projection': naive,
  'idempotent-projection': idempotent,
  'versioned-projection': versioned,
};

run({
  port: environment.port,
  open() {
    if (strategy === 'query-the-write-side') return writeSide(environment.text('ORDER_URL'));
    const project = projections[strategy];
    if (!project) throw new Error(`there is no strategy "${strategy}"`);
    return openView(project);
  },
});

async function openView(project: Projection) {
  const pool = await openPool(environment.text('DATABASE_URL'), 10);
  const follower = followStream({
    url: environment.text('AMQP_URL'),
    stream,
    next: () => nextOf(pool, stream),
    fold: (entries) => fold(pool, stream, entries, project),
  });
  return {
    routes: { ...healthyWhile(follower.isConsuming), ...routes(pool, follower) },
    async close() {
      await follower.stop();
      await pool.end();
    },
  };
}

function routes(pool: pg.Pool, follower: Follower): Routes {
  const patience: Patience = {
    whenCut: environment.text('PLAN_WHEN_CUT', 'refuse'),
    waitMs: environment.integer('PLAN_WAIT_MS', 1_000),
  };
  const summaryOf = strategy === 'naive-projection' ? addedUp : summed;
  return {
    'GET /customers/{customer}/orders': (_, { customer = '' }, headers) =>
      readSide(pool, follower, patience, tokenIn(headers), async () => ({
        customer,
        orders: await ordersOf(pool, customer),
      })),
    'GET /customers/{customer}/summary': (_, { customer = '' }, headers) =>
      readSide(pool, follower, patience, tokenIn(headers), async () => ({
        customer,
        ...(await summaryOf(pool, customer)),
      })),
  };
}

function tokenIn(headers: IncomingHttpHeaders): string | undefined {
  const token = headers['x-token'];
  return typeof token === 'string' ? token : undefined;
}
