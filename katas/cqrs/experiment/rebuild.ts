import { asksTheWriteSide } from '../contract.js';
import type { Rebuild } from '../notes.js';
import type { Shop } from './shop.js';

const halfWithinMs = 5_000;
const startsWithinMs = 1_500;

/** The view begins again with nothing, and is asked while the stream has come to it only half. */
export async function rebuild(shop: Shop): Promise<void> {
  const { lab } = shop;
  const reader = shop.client();
  const customer = 'c-rebuild-1';
  const written = await shop.writeAll(
    Array.from({ length: 8 }, (_, n) => ({ order: `o-rebuild-${n}`, customer, amount: 5 + n })),
  );
  await shop.fence();
  await shop.list(reader, customer);
  const before = await shop.answers();

  let asked = false;
  let met = false;
  await shop.view.kill();
  await emptied(shop);
  // Held before the program that reads it is there.
  const half = shop.broker.hold('to-client', { pattern: `"${written[4]?.id ?? ''}"`, first: 1 });
  const started = lab.start('view', { broker: shop.broker });
  let isListening = false;
  void started.then(
    () => (isListening = true),
    () => undefined,
  );
  const reads = (async () => {
    met = lab.strategy !== asksTheWriteSide && (await half.reached(halfWithinMs));
    // Some are healthy only once they have all of it, and then there is nobody to ask before.
    const isUp = await lab.until('the view listens', () => isListening, startsWithinMs);
    if (isUp) {
      shop.view = await started;
      asked = true;
      await shop.list(reader, customer);
      await shop.list(reader, customer);
    }
    lab.note('rebuild', { met, asked } satisfies Rebuild);
    half.release();
    shop.broker.heal();
  })();
  await Promise.all([reads, started]);
  shop.view = await started;
  const isServed = await shop.serves();
  await shop.list(reader, customer);
  await shop.settle('rebuilt', !isServed, before);
}

/** Every table of the view's own, whichever they are. */
async function emptied({ lab }: Shop): Promise<void> {
  await lab.role('view').database.query(`
    DO $$ DECLARE names text; BEGIN
      SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') INTO names
        FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema');
      IF names IS NOT NULL THEN EXECUTE 'TRUNCATE ' || names || ' CASCADE'; END IF;
    END $$`);
}
