import { confirmOnTheWire, type Freeze, type Hold, type Program } from '../../../src/kata/index.js';
import type { Sent, StoppedNote, Unconfirmed } from '../notes.js';
import type { Shop } from './shop.js';

const several = 4;
/** So long the lab looks whether an order is answered that the broker has not confirmed. */
const watchedMs = 300;
/** So long after SIGTERM what is in hand goes on: well within the five seconds of the contract. */
const goesOnMs = 400;

/**
 * SIGTERM for the edge with its last request in hand, and for the worker with its last order: what
 * they tell of these is not sent yet.
 */
export async function shutdown(shop: Shop): Promise<void> {
  const orders = Array.from({ length: several }, () =>
    shop.order('shutdown', { context: 'sampled', traceparent: shop.context('01') }),
  );
  const [last] = orders.slice(-1) as [Sent];
  const when = `NEW.id = '${last.order}'`;
  const freeze = await shop.lab.role('worker').freeze({ table: 'orders', on: 'insert', when });
  for (const order of orders.slice(0, -1)) await shop.place(order);
  await stopUnconfirmed(shop, last);
  const met = (await freeze.reached()) !== undefined;
  if (met) await stopped(shop, { role: 'worker', program: shop.worker, order: last.order }, freeze);
  else await freeze.release();
  await shop.stored(orders);
}

/** The broker has the last order, and cannot say so yet. */
async function stopUnconfirmed(shop: Shop, last: Sent): Promise<void> {
  const { lab, api } = shop;
  const hold = shop.broker.hold('to-client', { pattern: confirmOnTheWire });
  let answered = false;
  const placed = shop.place(last).then(() => (answered = true));
  const met = await hold.reached();
  const from = performance.now();
  await lab.until('it was watched', () => answered || performance.now() - from > watchedMs);
  lab.note('unconfirmed', { order: last.order, met, answered } satisfies Unconfirmed);
  await stopped(shop, { role: 'api', program: api, order: last.order }, hold);
  await placed;
}

interface Stopping {
  readonly role: string;
  readonly program: Program;
  readonly order: string;
}

async function stopped(
  shop: Shop,
  { role, program, order }: Stopping,
  held: Pick<Freeze | Hold, 'release'>,
): Promise<void> {
  const stopping = program.stop();
  shop.lab.note('stopped', { role, order } satisfies StoppedNote);
  // Time enough to end with all else first, and to lose what is told after that.
  const from = performance.now();
  await shop.lab.until('it had time to end', () => performance.now() - from > goesOnMs);
  await held.release();
  await stopping;
}
