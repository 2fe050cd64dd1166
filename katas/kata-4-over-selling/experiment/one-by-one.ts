import type { Lab, Program } from '../../../src/kata/index.js';
import type { Restock, Shelf } from '../notes.js';
import { askAlone, stockUp } from './counter.js';

const sku = 'sku-counter';
const units = 9;
/** A name is stored as it was sent, whatever its letters mean to others. */
const oddName = `c-O'Neill & "Söhne" <b> 100%`;

/** Who wants how many, one after the other: of nine units one is left before the last two. */
const wants: readonly (readonly [buyer: string, quantity: number])[] = [
  ['c-two', 2],
  ['c-two', 2],
  ['c-four', 4],
  ['c-three', 3],
  ['c-million', 1_000_000],
  // More than a column of integers holds.
  ['c-billions', 3_000_000_000],
  [oddName, 1],
  ['c-none', 1],
];

export async function sellAtTheCounter(lab: Lab, shop: Program): Promise<void> {
  await stockUp(lab, sku, units);
  // Nobody knows it, though it is much like one that is there.
  await askAlone(lab, shop, { buyer: 'c-capitals', sku: sku.toUpperCase(), quantity: 1 });
  for (const [buyer, quantity] of wants) await askAlone(lab, shop, { buyer, sku, quantity });
}

/** Nobody knows the sku, twice; then the warehouse has it. */
export async function sellWhatWasUnknown(lab: Lab, shop: Program): Promise<void> {
  const unknown = 'sku-unknown';
  lab.note('shelf', { sku: unknown, units: 0 } satisfies Shelf);
  for (const buyer of ['c-unknown', 'c-unknown-2'])
    await askAlone(lab, shop, { buyer, sku: unknown, quantity: 1 });
  await lab.database.query('INSERT INTO stock (sku, quantity) VALUES ($1, 1)', [unknown]);
  lab.note('restock', { sku: unknown, units: 1 } satisfies Restock);
  await askAlone(lab, shop, { buyer: 'c-known-now', sku: unknown, quantity: 1 });
}
