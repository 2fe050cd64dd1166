import { steady, type ClientRequest, type Lab } from '../../src/kata/index.js';
import { exchange, lastsMs, orderPlaced, ordersASecond, queue } from './contract.js';
import { hold, pace, rowsIn } from './experiment/database.js';
import { orderAt, placing } from './experiment/orders.js';
import { readMetrics } from './experiment/metrics.js';
import { openWarehouse } from './experiment/warehouse.js';
import type { Rows } from './notes.js';
import { causeOf } from './contract/seal.js';

/** Where they wait for each other, the last of them takes long. */
const settlesWithinMs = 40_000;

/**
 * One load, the same whatever is hidden. What the lab does for it leaves nothing in the history by
 * which the cause could be read: the ordinary tools are to find it by what it brings about.
 */
export async function experiment(lab: Lab, { number }: { number: number }): Promise<void> {
  const cause = causeOf(number);
  const { broker } = lab;
  await broker.declareExchange(exchange, 'topic');
  await broker.declareQueue(queue);
  await broker.bindQueue(queue, exchange, orderPlaced);
  const { database } = lab.role('worker');
  await pace(database, cause);
  const warehouse = await openWarehouse(lab, cause);
  const tap = await broker.tap();
  const [api, worker] = await Promise.all([
    lab.start('api'),
    lab.start('worker', { upstream: warehouse, broker: tap }),
  ]);
  const load = lab.open(api, {
    profile: [steady(ordersASecond, lastsMs)],
    users: ordersASecond,
    next: (user, n) => placing(user, orderAt(n)),
  });
  await Promise.all([load, hold(database, cause)]);
  await broker.settled([queue], settlesWithinMs);
  const scrapes = [api, worker].map(({ role = '' }, n): ClientRequest => ({
    ...{ process: ordersASecond + n, role, f: 'scrape', asked: { role } },
    ...{ method: 'GET', path: '/metrics' },
    read: (answer) => readMetrics(answer, (samples) => lab.note('metrics', { role, samples })),
  }));
  for (const [n, program] of [api, worker].entries())
    await lab.oneByOne(program, scrapes.slice(n, n + 1));
  await Promise.all([api.stop(), worker.stop()]);
  lab.note('rows', { rows: await rowsIn(database) } satisfies Rows);
}
