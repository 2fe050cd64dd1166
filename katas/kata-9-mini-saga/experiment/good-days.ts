import type { Freeze } from '../../../src/kata/index.js';
import type { Binding, Order } from '../contract.js';
import { bindingsOf } from '../contract.js';
import type { RefundFailures } from '../notes.js';
import { comeAgain, interposed } from './interpose.js';
import { conflicting, nonsense, placing, placingAgain, readingNobody } from './requests.js';
import type { Shop } from './shop.js';

/** More would show nothing more of a load this small. */
const skus = 4;

/** So many at once, until all of them have ended; then the next. Measured. */
export async function enough(shop: Shop, count: number, users: number): Promise<void> {
  const { lab, parts } = shop;
  const each = (many: number): number[] => Array.from({ length: many }, (_, n) => n);
  await Promise.all([
    ...each(skus).map((n) => shop.stock(`s-load-${n}`, 3 * count)),
    ...each(users).map((n) => shop.fund(`c-load-${n}`, 100 * count)),
  ]);
  lab.note('load-begins', {});
  for (let left = count; left > 0; left -= users) {
    const orders: Order[] = [];
    for (let n = 0; n < Math.min(users, left); n += 1)
      orders.push(
        await shop.order('load', {
          ends: 'confirmed',
          sku: `s-load-${n % skus}`,
          customer: `c-load-${n}`,
        }),
      );
    await lab.closed(parts.order.program, {
      users: orders.length,
      requests: orders.length,
      answerWithinMs: 10_000,
      next: (user, n) => shop.placingOf(user, orders[n] as Order),
    });
    if (!(await shop.ended(orders))) break;
  }
  lab.note('load-ends', {});
  const again = await shop.order('again', { ends: 'confirmed' });
  await shop.place(again);
  await shop.ask(placing(1, again), placingAgain(1, again));
  await shop.ask(...conflicting(again), readingNobody(), ...nonsense);
  await shop.ended([again]);
  await shop.ask(placing(1, again));
}

/** Two at once for goods that suffice for one, and two of a customer who can pay one of them. */
export async function lastUnit(shop: Shop): Promise<void> {
  const { lab } = shop;
  await Promise.all([shop.stock('s-last', 3), shop.fund('c-last', 40)]);
  const forGoods = { ends: 'one-of-two', of: 'stock', sku: 's-last' } as const;
  const ofMoney = { ends: 'one-of-two', of: 'money', customer: 'c-last' } as const;
  const takers = [await shop.order('last', forGoods), await shop.order('last', forGoods)];
  const payers = [await shop.order('last', ofMoney), await shop.order('last', ofMoney)];
  const all = [
    ...takers.map((order) => ({ ...order, quantity: 3 })),
    ...payers.map((order) => ({ ...order, amount: 30 })),
  ];
  const freezes = await Promise.all([
    lab.role('inventory').freeze({ table: 'stock', on: 'update', when: `NEW.sku = 's-last'` }),
    lab.role('payment').freeze({
      ...{ table: 'accounts', on: 'update', when: `NEW.customer = 'c-last'` },
    }),
  ]);
  const placed = shop.place(...all);
  await Promise.all(freezes.map((freeze) => bothCome(freeze)));
  await placed;
  await shop.ended(all);
}

/** Whoever comes second stands there too, or waits for the first. */
async function bothCome(freeze: Freeze): Promise<void> {
  if (await freeze.reached(1)) await freeze.reached(2, 400);
  await freeze.release();
}

export async function declined(shop: Shop): Promise<void> {
  const order = await shop.order('poor', { ends: 'declined' });
  await shop.place(order);
  await shop.ended([order]);
}

export async function outOfStock(shop: Shop): Promise<void> {
  const order = await shop.order('sold-out', { ends: 'out-of-stock' });
  await shop.place(order);
  await shop.ended([order]);
}

/** So long at least: whoever counts how often a message failed has given up on all that ask for it. */
const refusedForMs = 700;

/** The database refuses the refund three times, and all that comes soon after the first. */
export async function stubbornRefund(shop: Shop): Promise<void> {
  const { lab } = shop;
  const order = await shop.order('stubborn', { ends: 'out-of-stock' });
  const { database } = lab.role('payment');
  // What a sequence was told stays, also where the transaction is rolled back.
  await database.query('CREATE SEQUENCE plan_refusals');
  await database.query('CREATE SEQUENCE plan_refused_since');
  await database.query(`
    CREATE FUNCTION plan_refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ DECLARE
      tries bigint := nextval('plan_refusals');
      now_ms bigint := extract(epoch FROM clock_timestamp()) * 1000;
    BEGIN
      IF tries = 1 THEN PERFORM setval('plan_refused_since', now_ms); END IF;
      IF tries <= 3 OR now_ms < ${refusedForMs} + (SELECT last_value FROM plan_refused_since) THEN
        RAISE EXCEPTION 'the bank does not answer' USING ERRCODE = '58000';
      END IF;
      RETURN NEW;
    END $$`);
  await database.query(`
    CREATE TRIGGER plan_refuse BEFORE INSERT ON refunds FOR EACH ROW
    WHEN (NEW.order_id = '${order.id}') EXECUTE FUNCTION plan_refuse()`);
  await shop.place(order);
  const tries = async (): Promise<number> => {
    const [row] = await database.query<{ n: number }>(
      'SELECT CASE WHEN is_called THEN last_value ELSE 0 END::integer AS n FROM plan_refusals',
    );
    return row?.n ?? 0;
  };
  // Where it never ends nobody goes on with it.
  if (await shop.ended([order]))
    await lab.until('the refund is tried a fourth time', async () => (await tries()) > 3, 3_000);
  const times = Math.min(3, await tries());
  lab.note('refund-failures', { order: order.id, times } satisfies RefundFailures);
}

/** Every message of three orders comes twice, and much later once more. */
export async function twice(shop: Shop): Promise<void> {
  const orders = [
    await shop.order('twice', { ends: 'confirmed' }),
    await shop.order('twice', { ends: 'declined' }),
    await shop.order('twice', { ends: 'out-of-stock' }),
  ];
  const heard = await interposed(shop, 'twice', async () => {
    await shop.place(...orders);
    await shop.ended(orders);
  });
  await comeAgain(shop, heard);
  shop.cameTwice = { heard, at: performance.now() };
}

/** An inbox that is swept after a while takes for new what comes later still. */
const muchLaterMs = 5_000;

/** What came twice comes once more, after all else. */
export async function muchLater(shop: Shop): Promise<void> {
  const { heard, at } = shop.cameTwice;
  await shop.since('it is much later', at, muchLaterMs);
  await comeAgain(shop, heard);
}

export async function newer(shop: Shop): Promise<void> {
  const orders = [
    await shop.order('newer', { ends: 'confirmed' }),
    await shop.order('newer', { ends: 'out-of-stock' }),
  ];
  await interposed(shop, 'newer', async () => {
    await shop.place(...orders);
    await shop.ended(orders);
  });
}

/** All that a message has, and nothing of it is what it should be but the order. */
const ofOtherTypes =
  '{"order": "unreadable-1", "customer": 17, "sku": 17, "quantity": "two", "amount": "ten"}';

/** Who only goes on, or undoes, may need no more of a message than its order. */
const beginsAStep = ({ queue, key }: Binding): boolean =>
  key === 'AuthorizePayment' ||
  key === 'ReserveStock' ||
  (key === 'OrderCreated' && queue === 'payment') ||
  (key === 'PaymentAuthorized' && queue === 'inventory');

/** To every queue what nobody can read, with good orders before and after it. */
export async function unreadable(shop: Shop): Promise<void> {
  const { lab } = shop;
  const bodies = ['this is no JSON', 'null', '17', '[]', '{"order": 17}'];
  const [before, after] = [
    await shop.order('readable', { ends: 'confirmed' }),
    await shop.order('readable', { ends: 'confirmed' }),
  ];
  const sent = bindingsOf(lab.strategy).map((to) => ({
    to,
    messages: [...bodies, ...(beginsAStep(to) ? [ofOtherTypes] : [])].map((rawBody, n) => ({
      ...{ id: `unreadable-${to.queue}-${to.key}-${n}`, body: rawBody, rawBody },
    })),
  }));
  lab.note('unreadable', { ids: sent.flatMap(({ messages }) => messages.map(({ id }) => id)) });
  const placed = shop.place(before);
  await Promise.all(sent.map(({ to, messages }) => lab.broker.publish(to, messages)));
  await placed;
  await shop.place(after);
  await shop.ended([before, after]);
}
