import { asksTheWriteSide } from '../contract.js';
import type { Crash } from '../notes.js';
import type { Shop } from './shop.js';

/** Nobody comes to a point within this: it is not there in this program. */
const pointWithinMs = 3_000;
const batch = 24;

/** The view is killed with half a batch, at an effect, and with its answer on its way. */
export async function crash(shop: Shop): Promise<void> {
  const database = await shop.lab.role('view').proxy('database');
  const has = shop.lab.strategy !== asksTheWriteSide;

  const half = shop.broker.hold('to-client', { pattern: 'o-batch-12', first: 1 });
  await writeBatch(shop, 'batch');
  const isMet = has && (await half.reached(pointWithinMs));
  note(shop, { point: 'batch', met: isMet, keepsNothing: false, order: 'o-batch-12' });
  await shop.restart(() => half.cut('rst'), database);
  await shop.fence();

  const keepsNothing = database.connections === 0;
  const waitMs = has && !keepsNothing ? pointWithinMs : 1;
  const effect = database.hold('to-server', { pattern: 'o-effect-12', first: 1 });
  await writeBatch(shop, 'effect');
  const atEffect = await effect.reached(waitMs);
  note(shop, { point: 'effect', met: atEffect, keepsNothing, order: 'o-effect-12' });
  await shop.restart(() => {
    effect.cut('rst');
    database.heal();
  }, database);
  await shop.fence();

  const before = database.hold('to-server', { pattern: 'o-commit-12', first: 1 });
  await writeBatch(shop, 'commit');
  const atCommit = await before.reached(waitMs);
  // The statement goes on; what the database answers is never heard.
  const answer = database.hold('to-client');
  before.release();
  const met = atCommit && (await answer.reached(waitMs));
  note(shop, { point: 'commit', met, keepsNothing, order: 'o-commit-12' });
  await shop.restart(() => {
    answer.cut('rst');
    database.heal();
  });
  await shop.fence();
}

const writeBatch = (shop: Shop, name: string) =>
  shop.writeAll(
    Array.from({ length: batch }, (_, n) => ({
      order: `o-${name}-${n}`,
      customer: `c-${name}-${n % 2}`,
      amount: 1 + n,
    })),
  );

function note(shop: Shop, crashed: Crash): void {
  shop.lab.note('crash', crashed);
}
