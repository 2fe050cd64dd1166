import { asksTheWriteSide } from '../contract.js';
import type { Rebuild } from '../notes.js';
import { beginAgain } from './begin-again.js';
import type { Written } from './requests.js';
import type { Shop } from './shop.js';
import { eventsOf, putOthers } from './stream.js';

const silentMs = 700;

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

  await shop.view.kill();
  await emptied(shop);
  const standsBefore = `"${written[4]?.id ?? ''}"`;
  const halfWay = { reader, customers: [customer], before: standsBefore, silentMs };
  lab.note('rebuild', (await beginAgain(shop, halfWay)) satisfies Rebuild);
  const isServed = await shop.serves();
  await shop.list(reader, customer);
  await shop.settle('rebuilt', !isServed, before);
  if (lab.strategy !== asksTheWriteSide) await behind(shop, written);
}

/**
 * Written while the view was away, and held back as it begins again: it has all that it had, and does
 * not have everything. What a broker says of a stream's length lacks it too: it can say so before,
 * for first come others, more than one takes before it acknowledges any.
 */
async function behind(shop: Shop, before: readonly Written[]): Promise<void> {
  const { lab } = shop;
  const reader = shop.client();
  const customer = 'c-behind';
  await shop.view.kill();
  await putOthers(shop, await eventsOf(shop, before));
  const written = await shop.writeAll(
    Array.from({ length: 3 }, (_, n) => ({ order: `o-behind-${n}`, customer, amount: 1 + n })),
  );
  await shop.told(written.map(({ token }) => token));
  lab.note('behind', {});
  await beginAgain(shop, { reader, customers: [customer], before: 'o-behind-', silentMs });
  lab.note('behind-goes-on', {});
  await shop.serves();
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
