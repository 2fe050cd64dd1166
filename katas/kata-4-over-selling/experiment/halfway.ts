import type { Lab, Program } from '../../../src/kata/index.js';
import type { Halfway, Seen } from '../notes.js';
import { stockUp } from './counter.js';
import { purchase } from './requests.js';

/** So long the lab waits for a table that the program has locked even for readers. */
const lookMs = 1_000;

/** A purchase stands at one of its writes, then one at the other; meanwhile the lab looks. */
export async function standBetweenTheWrites(lab: Lab, shop: Program): Promise<void> {
  const sku = 'sku-halfway';
  await stockUp(lab, sku, 4);
  await standAt(lab, shop, 'purchases', sku);
  await standAt(lab, shop, 'stock', sku);
}

async function standAt(lab: Lab, shop: Program, at: Halfway['at'], sku: string): Promise<void> {
  const buyer = `h-${at}`;
  const freeze = await lab.freeze({
    table: at,
    on: at === 'purchases' ? 'insert' : 'update',
    when: `NEW.sku = '${sku}'`,
  });
  const asking = lab.oneByOne(shop, [purchase(0, { buyer, sku, quantity: 1 })]);
  const answered = asking.then(() => undefined);
  const met = (await Promise.race([answered, freeze.reached()])) !== undefined;
  const seen = met ? await lookAt(lab, sku) : undefined;
  await freeze.release();
  await asking;
  lab.note('halfway', { buyer, at, met, ...(seen && { seen }) } satisfies Halfway);
}

/** One statement sees one moment. Undefined where a lock of the program's is in the way. */
async function lookAt(lab: Lab, sku: string): Promise<Seen | undefined> {
  const session = await lab.database.session();
  try {
    await session.query(`SET lock_timeout = ${lookMs}`);
    const [seen] = await session.query<Seen>(
      `SELECT (SELECT coalesce(sum(quantity), 0)::int FROM stock WHERE sku = $1) AS stock,
              (SELECT coalesce(sum(quantity), 0)::int FROM purchases WHERE sku = $1) AS units`,
      [sku],
    );
    return seen;
  } catch {
    return undefined;
  } finally {
    await session.close();
  }
}
