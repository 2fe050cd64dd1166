import type { Lab } from '../../src/kata/index.js';
import { noPurchases } from './contract.js';
import { askAlone, restock, stockUp } from './experiment/counter.js';
import { stopWithPurchasesInHand } from './experiment/in-hand.js';
import { sellAtTheCounter, sellWhatWasUnknown } from './experiment/one-by-one.js';
import { standBetweenTheWrites } from './experiment/halfway.js';
import { noPurchase, purchase } from './experiment/requests.js';
import { sellWhileItRestocks } from './experiment/warehouse.js';
import { rushSku, type Shop } from './notes.js';

/**
 * Units that the warehouse adds behind the program's back once the burst is over. After the first
 * delivery each comes right after somebody was refused: whoever remembers that is still at it.
 */
const deliveries = [2, 1, 1];

interface Options {
  readonly buyers: number;
  readonly stock: number;
  readonly thinkMs: number;
}

export async function experiment(lab: Lab, options: Options): Promise<void> {
  await lab.database.query('INSERT INTO stock (sku, quantity) VALUES ($1, $2)', [
    rushSku,
    options.stock,
  ]);
  const shop = await lab.start();
  // A right program may serve them one by one, each with its think time.
  const answerWithinMs = 10_000 + options.buyers * (options.thinkMs + 10);

  await lab.act('rush', async () => {
    const crowd = Array.from({ length: options.buyers }, (_, n) =>
      purchase(n, { buyer: `b-${n + 1}`, sku: rushSku, quantity: 1 }),
    );
    await lab.burst(shop, crowd, { answerWithinMs });
    let late = 0;
    for (const units of deliveries) {
      await restock(lab, rushSku, units);
      for (let n = 0; n <= units; n += 1) {
        late += 1;
        await askAlone(lab, shop, { buyer: `late-${late}`, sku: rushSku, quantity: 1 });
      }
    }
  });
  await lab.act('counter', async () => {
    await sellAtTheCounter(lab, shop);
    await sellWhatWasUnknown(lab, shop);
  });
  await lab.act('refused', () =>
    lab.oneByOne(
      shop,
      noPurchases.map((rawBody, n) => noPurchase(n, rawBody)),
    ),
  );
  await lab.act('halfway', () => standBetweenTheWrites(lab, shop));
  await lab.act('amounts', async () => {
    for (const sku of ['sku-left', 'sku-right']) await stockUp(lab, sku, 10);
    const wants = Array.from({ length: 16 }, (_, n) => {
      const sku = n % 2 === 0 ? 'sku-left' : 'sku-right';
      return purchase(n, { buyer: `a-${n + 1}`, sku, quantity: 3 });
    });
    // Not as a burst: the table tells of the rush alone.
    await Promise.all(wants.map((one) => lab.oneByOne(shop, [one], { answerWithinMs })));
  });
  await lab.act('warehouse', () => sellWhileItRestocks(lab, shop, { answerWithinMs }));

  if (!(await lab.act('stop', () => stopWithPurchasesInHand(lab, shop)))) await shop.stop();
  lab.note('final', {
    stock: await lab.database.query('SELECT sku, quantity FROM stock ORDER BY sku'),
    purchases: await lab.database.query(
      'SELECT id::text AS id, buyer, sku, quantity FROM purchases ORDER BY id',
    ),
  } satisfies Shop);
}
