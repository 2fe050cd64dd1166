import type { Lab } from '../../src/kata/index.js';
import { endsWithinMs } from './contract.js';
import { brokerGone, cutOff, late } from './experiment/bad-days.js';
import { crashes } from './experiment/crashes.js';
import {
  declined,
  enough,
  lastUnit,
  muchLater,
  newer,
  outOfStock,
  stubbornRefund,
  twice,
  unreadable,
} from './experiment/good-days.js';
import { overtaken } from './experiment/overtaken.js';
import { readRows } from './experiment/rows.js';
import { Shop } from './experiment/shop.js';
import { sigterm } from './experiment/sigterm.js';

interface Options {
  readonly orders: number;
  readonly users: number;
  readonly deadlineMs: number;
}

export async function experiment(lab: Lab, { orders, users, deadlineMs }: Options): Promise<void> {
  const shop = await Shop.open(lab, deadlineMs);
  await lab.act('last-unit', () => lastUnit(shop));
  await lab.act('declined', () => declined(shop));
  await lab.act('out-of-stock', () => outOfStock(shop));
  await lab.act('unreadable', () => unreadable(shop));
  await lab.act('twice', () => twice(shop));
  await lab.act('newer', () => newer(shop));
  await lab.alone(() => lab.act('enough', () => enough(shop, orders, users)));
  // From here on there is much to wait for, and little to do, but for those who are killed again and again.
  lab.letNextBegin();
  await lab.alone(() => lab.act('crashes', () => crashes(shop)));
  await lab.alone(() => lab.act('sigterm', () => sigterm(shop)));
  await lab.act('stubborn-refund', () => stubbornRefund(shop));
  await bothAtOnce(
    (isMet) => lab.act('late', () => late(shop, isMet)),
    () => lab.act('cut-off', () => cutOff(shop)),
  );
  await lab.act('overtaken', () => overtaken(shop));
  await lab.act('broker-gone', () => brokerGone(shop));

  await lab.act('twice', () => muchLater(shop));
  await shop.rest(deadlineMs + endsWithinMs);
  await shop.read(shop.placed);
  await shop.stop();
  lab.note('seeded', shop.seeded);
  lab.note('final', await readRows(lab));
}

/** Both wait for their deadline; the second begins as soon as the first stands where it is to stand. */
async function bothAtOnce(
  first: (isMet: () => void) => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<void> {
  let isMet = (): void => undefined;
  const met = new Promise<void>((resolve) => (isMet = resolve));
  const isOver = first(isMet).finally(isMet);
  await Promise.all([isOver, met.then(second)]);
}
