import type { Lab, Program } from '../../../src/kata/index.js';
import type { Asked, Counted, LookedUp, Restock, Row, Shelf } from '../notes.js';
import { purchase } from './requests.js';

/** One buyer with nobody else asking: the stock before is counted, and the rows are looked up after. */
export async function askAlone(lab: Lab, shop: Program, asked: Asked): Promise<void> {
  const { buyer, sku } = asked;
  const [there] = await lab.database.query<{ quantity: number }>(
    'SELECT quantity FROM stock WHERE sku = $1',
    [sku],
  );
  lab.note('counted', { buyer, before: there?.quantity ?? 0 } satisfies Counted);
  await lab.oneByOne(shop, [purchase(0, asked)]);
  // Whoever answers before COMMIT has promised what a crash can still take away.
  const rows = await lab.database.query<Pick<Row, 'id'>>('SELECT id::text AS id FROM purchases');
  lab.note('looked-up', { buyer, ids: rows.map(({ id }) => id) } satisfies LookedUp);
}

export async function stockUp(lab: Lab, sku: string, units: number): Promise<void> {
  await lab.database.query('INSERT INTO stock (sku, quantity) VALUES ($1, $2)', [sku, units]);
  lab.note('shelf', { sku, units } satisfies Shelf);
}

/** As the warehouse does it: it knows nothing of versions. */
export async function restock(lab: Lab, sku: string, units: number): Promise<void> {
  await lab.database.query('UPDATE stock SET quantity = quantity + $1 WHERE sku = $2', [
    units,
    sku,
  ]);
  lab.note('restock', { units, sku } satisfies Restock);
}
