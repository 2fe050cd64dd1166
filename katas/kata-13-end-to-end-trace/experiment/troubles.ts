import { failing, heldMs, queue } from '../contract.js';
import type { Again, Held, Strayed } from '../notes.js';
import { straying } from './requests.js';
import type { Shop } from './shop.js';

/** The database refuses some orders, while others come: their messages have to come again. */
export async function failsOnce(shop: Shop): Promise<void> {
  const { database } = shop.lab.role('worker');
  // A sequence counts on where a transaction is rolled back. The pause lets others come between.
  for (const [sku, times] of Object.entries(failing)) {
    const name = `plan_${sku.replace('-', '_')}`;
    await database.query(`
      CREATE SEQUENCE ${name};
      CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
        IF nextval('public.${name}') % ${times + 1} <> 0 THEN
          PERFORM pg_sleep(0.05);
          RAISE EXCEPTION 'the shelf is being moved';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER ${name} BEFORE INSERT ON orders FOR EACH ROW
        WHEN (NEW.sku = '${sku}') EXECUTE FUNCTION ${name}()`);
  }
  // One after the other: each has the refusals to itself.
  for (const sku of ['fails-once', 'fails-once', 'fails-twice'] as const) {
    const orders = Array.from({ length: 1 + beside }, (_, n) =>
      shop.order('fails-once', {
        context: 'sampled',
        ...(n === 0 && { sku }),
        traceparent: shop.context('01'),
      }),
    );
    await Promise.all(orders.map((order) => shop.place(order)));
    await shop.stored(orders);
  }
}

/** So many orders come beside one that is refused. */
const beside = 6;

/** The same message once more: a publisher that was not sure. */
export async function comesTwice(shop: Shop): Promise<void> {
  const order = shop.order('comes-twice', {
    context: 'sampled',
    traceparent: shop.context('01'),
  });
  await shop.place(order);
  await shop.stored([order]);
  const message = await shop.lab.until('the message was seen', () =>
    shop.observer.messages.find(({ body }) => (body as { order?: unknown }).order === order.order),
  );
  if (message === undefined) return;
  const { id, body, headers } = message;
  await shop.lab.broker.publish(queue, [{ id, body, headers }]);
  shop.lab.note('again', { order: order.order } satisfies Again);
  await shop.lab.broker.settled([queue]);
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

/** Somebody looks for holes: each path is asked for once; and a campaign adds a query to a known one. */
export async function unknownPaths(shop: Shop): Promise<void> {
  await shop.scrape('before-flood');
  const { outcomes } = await shop.lab.load(shop.api, {
    arrivals: { kind: 'closed', users: 10, requests: strays },
    // Beside what is measured: they come to nothing.
    warmUp: true,
    next: (user, n) => straying(1_000_000 + user, `/wp-${n}/${shop.hex(6)}.php`),
  });
  // On one connection, which grows old: none of them has waited for that.
  const orders = Array.from({ length: 24 }, () => shop.order('unknown-paths', { context: 'none' }));
  await shop.lab.oneByOne(
    shop.api,
    orders.map((order) => shop.placing(order, `?campaign=${shop.hex(8)}`)),
  );
  await shop.stored(orders);
  shop.lab.note('strayed', { answered: outcomes.ok } satisfies Strayed);
}
