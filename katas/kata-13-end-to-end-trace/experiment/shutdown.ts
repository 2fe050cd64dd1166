import type { Freeze, Program } from '../../../src/kata/index.js';
import type { StoppedNote } from '../notes.js';
import type { Shop } from './shop.js';

const several = 5;

/**
 * SIGTERM for the edge as its last answer is out, and for the worker with its last order in hand:
 * what they tell of these is not sent yet.
 */
export async function shutdown(shop: Shop): Promise<void> {
  const orders = Array.from({ length: several }, () =>
    shop.order('shutdown', { context: 'sampled', traceparent: shop.context('01') }),
  );
  const last = orders.at(-1)?.order ?? '';
  const when = `NEW.id = '${last}'`;
  const freeze = await shop.lab.role('worker').freeze({ table: 'orders', on: 'insert', when });
  for (const order of orders) await shop.place(order);
  await stopped(shop, { role: 'api', program: shop.api, order: last });
  const met = (await freeze.reached()) !== undefined;
  if (met) await stopped(shop, { role: 'worker', program: shop.worker, order: last }, freeze);
  else await freeze.release();
  await shop.stored(orders);
}

interface Stopping {
  readonly role: string;
  readonly program: Program;
  readonly order: string;
}

async function stopped(shop: Shop, { role, program, order }: Stopping, freeze?: Freeze) {
  const stopping = program.stop();
  shop.lab.note('stopped', { role, order } satisfies StoppedNote);
  await freeze?.release();
  await stopping;
}
