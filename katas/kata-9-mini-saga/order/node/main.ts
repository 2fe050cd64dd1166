import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { readEnvironment } from '../../../kit/node/environment.js';
import { healthyWhile } from '../../../kit/node/health.js';
import { openInbox } from '../../../kit/node/inbox.js';
import { log } from '../../../kit/node/log.js';
import { startRelay } from '../../../kit/node/outbox.js';
import { openPool } from '../../../kit/node/postgres.js';
import type { Routes } from '../../../kit/node/routes.js';
import { run } from '../../../kit/node/serve.js';
import { choreography } from './choreography.js';
import { readTold } from './message.js';
import { orchestration } from './orchestration.js';
import { find, giveUpOverdue, readOrder, take } from './orders.js';
import type { Style } from './style.js';
import { syncChain } from './sync-chain.js';

const environment = readEnvironment();
const deadlineMs = environment.integer('PLAN_DEADLINE_MS', 3_000);
/** Between two looks at orders whose deadline has passed. */
const lookEveryMs = 100;

function styleOf(name: string, pool: pg.Pool): Style {
  if (name === 'orchestration') return orchestration;
  // What it forgets, its neighbours forget.
  if (name === 'choreography' || name === 'no-compensation') return choreography;
  if (name !== 'sync-chain') throw new Error(`there is no strategy "${name}"`);
  const payment = environment.text('PAYMENT_URL');
  const inventory = environment.text('INVENTORY_URL');
  return syncChain(pool, { payment, inventory, withinMs: deadlineMs });
}

run({
  port: environment.port,
  async open() {
    const url = environment.text('AMQP_URL');
    const pool = await openPool(environment.text('DATABASE_URL'), 12);
    const style = styleOf(environment.text('PLAN_STRATEGY', 'choreography'), pool);
    const relay = startRelay(pool, url);
    const worker = await openInbox({
      ...{ url, pool, queue: 'order', reactions: style.reactions, read: readTold },
      keyOf: ({ order }) => order,
      onCommitted: relay.wake,
    });
    const stopLooking = lookForOverdue(pool, style, relay.wake);
    return {
      routes: {
        ...healthyWhile(() => worker.isConsuming()),
        ...routes(pool, style, relay.wake),
      },
      async close() {
        await worker.stop();
        await stopLooking();
        await relay.stop();
        await pool.end();
      },
    };
  },
});

function routes(pool: pg.Pool, style: Style, onCommitted: () => void): Routes {
  return {
    async 'POST /orders'(body) {
      const told = readOrder(body);
      const isNew = await take(pool, told, style.begin);
      if (isNew === undefined)
        return { status: 422, body: { error: 'this id is of another order' } };
      onCommitted();
      if (isNew) await style.afterwards?.(told);
      onCommitted();
      return { status: 202, body: { id: told.order, status: 'PENDING' } };
    },
    async 'GET /orders/{id}'(_, { id = '' }) {
      const order = await find(pool, id);
      if (!order) return { status: 404, body: { error: 'there is no such order' } };
      const { status, reason } = order;
      return { status: 200, body: { id, status, ...(reason && { reason }) } };
    },
  };
}

/** @returns the function that stops it */
function lookForOverdue(
  pool: pg.Pool,
  { giveUp }: Style,
  onCommitted: () => void,
): () => Promise<void> {
  if (!giveUp) return () => Promise.resolve();
  const stopping = new AbortController();
  const { signal } = stopping;
  const over = (async () => {
    while (!signal.aborted) {
      const late = await giveUpOverdue(pool, deadlineMs, giveUp).catch((error: unknown) => {
        log('will look again:', error);
        return 0;
      });
      if (late > 0) onCommitted();
      await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stopping.abort();
    await over;
  };
}
