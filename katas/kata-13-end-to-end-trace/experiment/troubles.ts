import { failingSku, heldMs } from '../contract.js';
import type { Held, Strayed } from '../notes.js';
import { straying } from './requests.js';
import type { Shop } from './shop.js';

/** The database refuses one order, once: the message has to come again. */
export async function failsOnce(shop: Shop): Promise<void> {
  const { database } = shop.lab.role('worker');
  // A sequence counts on where a transaction is rolled back.
  await database.query(`
    CREATE SEQUENCE plan_refusals;
    CREATE FUNCTION plan_refuse_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      IF nextval('public.plan_refusals') = 1 THEN RAISE EXCEPTION 'the shelf is being moved'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER plan_refuse_once BEFORE INSERT ON orders FOR EACH ROW
      WHEN (NEW.sku = '${failingSku}') EXECUTE FUNCTION plan_refuse_once()`);
  const order = shop.order('fails-once', {
    ...{ context: 'sampled', sku: failingSku, requestId: 'fails-once-1' },
    traceparent: shop.context('01'),
  });
  await shop.place(order);
  await shop.stored([order]);
}

/** One INSERT waits for the lab, for a time that the lab knows. */
export async function slowStatement(shop: Shop): Promise<void> {
  const { lab } = shop;
  const order = shop.order('slow-statement', {
    ...{ context: 'sampled', requestId: 'slow-statement-1' },
    traceparent: shop.context('01'),
  });
  const when = `NEW.id = '${order.order}'`;
  const freeze = await lab.role('worker').freeze({ table: 'orders', on: 'insert', when });
  await shop.place(order);
  const met = (await freeze.reached()) !== undefined;
  const from = performance.now();
  await lab.until('the statement has waited', () => performance.now() - from > heldMs);
  const ms = performance.now() - from;
  await freeze.release();
  lab.note('held', { order: order.order, met, ms: met ? ms : 0 } satisfies Held);
  await shop.stored([order]);
}

const strays = 200;

/** Somebody looks for holes: each path is asked for once. */
export async function unknownPaths(shop: Shop): Promise<void> {
  await shop.scrape('before-flood');
  const { outcomes } = await shop.lab.load(shop.api, {
    arrivals: { kind: 'closed', users: 10, requests: strays },
    // Beside what is measured: they come to nothing.
    warmUp: true,
    next: (user, n) => straying(1_000_000 + user, `/wp-${n}/${shop.hex(6)}.php`),
  });
  shop.lab.note('strayed', { answered: outcomes.ok } satisfies Strayed);
}
