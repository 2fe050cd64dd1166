import { readEnvironment } from '../../../kit/node/environment.js';
import { startRelay } from '../../../kit/node/outbox.js';
import { openPool } from '../../../kit/node/postgres.js';
import { run } from '../../../kit/node/serve.js';
import { cancel, put, readWish, type Taken } from './orders.js';
import { ordersOf, summaryOf } from './questions.js';

const environment = readEnvironment();

run({
  port: environment.port,
  async open() {
    const pool = await openPool(environment.text('DATABASE_URL'), 12);
    const relay = startRelay(pool, environment.text('AMQP_URL'));
    const answer = (taken: Taken) => {
      if (taken === 'nobody') return { status: 404, body: { error: 'there is no such order' } };
      if (taken === 'conflict')
        return { status: 409, body: { error: 'it is cancelled, or of another customer' } };
      relay.wake();
      const { id, version } = taken;
      return { status: 202, body: { id, version, token: `${id}@${version}` } };
    };
    return {
      routes: {
        'PUT /orders/{order}': async (body, { order = '' }) =>
          answer(await put(pool, order, readWish(body))),
        'DELETE /orders/{order}': async (_, { order = '' }) => answer(await cancel(pool, order)),
        // For who asks the write side. The view folds what this service tells instead.
        'GET /customers/{customer}/orders': async (_, { customer = '' }) => ({
          status: 200,
          body: { customer, orders: await ordersOf(pool, customer), ageMs: 0 },
        }),
        'GET /customers/{customer}/summary': async (_, { customer = '' }) => ({
          status: 200,
          body: { customer, ...(await summaryOf(pool, customer)), ageMs: 0 },
        }),
      },
      async close() {
        await relay.stop();
        await pool.end();
      },
    };
  },
});
