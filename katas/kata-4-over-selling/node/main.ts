import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { readEnvironment } from '../../kit/node/environment.js';
import { inTransaction, isolationOf, openPool } from '../../kit/node/postgres.js';
import { GaveUp, withRetries } from '../../kit/node/retry.js';
import { BadRequest, run, type Reply } from '../../kit/node/serve.js';
import { atomic } from './atomic.js';
import { naive } from './naive.js';
import { optimistic } from './optimistic.js';
import { pessimistic } from './pessimistic.js';
import type { Order, Strategy } from './shop.js';

const strategies = new Map<string, Strategy>(
  Object.entries({ naive, pessimistic, optimistic, atomic }),
);

const environment = readEnvironment();
const isolation = isolationOf(environment.text('PLAN_ISOLATION', 'read-committed'));
const limit = environment.integer('PLAN_RETRIES', 50);
const thinkMs = environment.integer('PLAN_THINK_MS', 5);

run({
  port: environment.port,
  async open() {
    const strategy = environment.text('PLAN_STRATEGY', 'naive');
    const sell = strategies.get(strategy);
    if (!sell) throw new Error(`there is no strategy "${strategy}"`);
    const pool = await openPool(environment.text('DATABASE_URL'));
    return {
      routes: { 'POST /purchases': async (body) => purchase(pool, sell, readOrder(body)) },
      close: () => pool.end(),
    };
  },
});

async function think(): Promise<void> {
  if (thinkMs > 0) await sleep(thinkMs);
}

async function purchase(pool: Pool, sell: Strategy, order: Order): Promise<Reply> {
  try {
    const { result, retries } = await withRetries(limit, () =>
      inTransaction(pool, isolation, (tx) => sell(tx, order, think)),
    );
    return result.sold
      ? { status: 201, body: { id: result.id, stock: result.stock, retries } }
      : { status: 409, body: { error: 'sold out', stock: result.stock, retries } };
  } catch (error) {
    if (!(error instanceof GaveUp)) throw error;
    return { status: 503, body: { error: 'gave up', retries: error.retries } };
  }
}

function readOrder(body: unknown): Order {
  const { buyer, sku, quantity } = (body ?? {}) as Record<string, unknown>;
  if (typeof buyer !== 'string' || buyer === '') throw new BadRequest('buyer must be a text');
  if (typeof sku !== 'string' || sku === '') throw new BadRequest('sku must be a text');
  if (!isQuantity(quantity)) throw new BadRequest('quantity must be a whole number from 1');
  return { buyer, sku, quantity };
}

/** PostgreSQL's integer ends at 2^31 − 1. */
function isQuantity(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 2 ** 31 - 1;
}
