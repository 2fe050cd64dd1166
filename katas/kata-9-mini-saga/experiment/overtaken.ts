import { bindingsOf, tellsOf, type Order, type RoleName } from '../contract.js';
import type { Crash, HeldBeyondDeadline, UndoneBeside } from '../notes.js';
import { interposed, type HeldBack } from './interpose.js';
import { askedOverdue } from './overdue.js';
import type { Shop } from './shop.js';

const reachedWithinMs = 4_000;
const rememberedWithinMs = 1_000;
/** Whoever comes second stands there too, or waits for the first. */
const secondWithinMs = 400;
const undoneWithinMs = 250;
/** Well before its deadline. */
const standsWithinMs = 1_000;
/** So long before all others one order is overdue. */
const aheadMs = 600;

/** What each begins with, and what undoes it, in any style. */
const firstSteps: Readonly<Partial<Record<RoleName, readonly string[]>>> = {
  payment: ['OrderCreated', 'AuthorizePayment'],
  inventory: ['PaymentAuthorized', 'ReserveStock'],
};
const compensations = ['OrderRejected', 'RefundPayment', 'ReleaseStock'];
const success = ['StockReserved'];

/**
 * What payment and inventory are to do for an order comes only after what is to undo it, and after
 * they were killed: only a database remembers that long. A third order is served, and nobody hears of
 * it in time: it is undone while others of its customer and article are served. Before all of them one
 * is overdue that comes to its success yet.
 */
export async function overtaken(shop: Shop): Promise<void> {
  const disturbed = { ends: 'confirmed', disturbed: true } as const;
  const [unpaid, unserved, unheard] = [
    await shop.order('overtaken', disturbed),
    await shop.order('overtaken', disturbed),
    await shop.order('overtaken', disturbed),
  ];
  await interposed(shop, 'overtaken', async (messages) => {
    messages.hold(unpaid.id, namesOf(shop, 'payment'));
    messages.hold(unserved.id, namesOf(shop, 'inventory'));
    messages.hold(unheard.id, [...compensations, ...success]);
    const goOn = await oneAhead(shop, messages);
    const paying = await undonePaying(shop);
    await Promise.all([goOn(), giveUp(shop, [unpaid, unserved, unheard], paying)]);
    if (shop.undoes) await undoBesideOthers(shop, unheard, messages);
    const remember = (): Promise<boolean> => haveRemembered(shop, unpaid, unserved);
    await shop.lab.until('both remember that there is nothing to do', remember, rememberedWithinMs);
    await shop.crash(['payment', 'inventory'], () => undefined);
  });
}

/** Nobody keeps back the success of calls in a row. */
async function oneAhead(shop: Shop, messages: HeldBack): Promise<() => Promise<void>> {
  if (shop.lab.strategy === 'sync-chain') return () => Promise.resolve();
  const goOn = await askedOverdue(shop, messages, success);
  await shop.since('the others come later', performance.now(), aheadMs);
  return goOn;
}

/** An order that stands as it is paid until what undoes it has come to payment. */
interface Paying {
  readonly order: Order;
  /** Settles once it stands there. */
  begin(): Promise<void>;
  letGo(): Promise<void>;
}

async function undonePaying(shop: Shop): Promise<Paying> {
  const { lab } = shop;
  const order = await shop.order('paying', { ends: 'confirmed', disturbed: true });
  const when = `NEW.order_id = '${order.id}'`;
  const freeze = await lab.role('payment').freeze({ table: 'payments', on: 'insert', when });
  let isMet = false;
  let placed: Promise<void> | undefined;
  return {
    order,
    async begin() {
      placed = shop.place(order);
      isMet = (await freeze.reached(1, standsWithinMs)) !== undefined;
    },
    async letGo() {
      await freeze.reached(2, undoneWithinMs);
      lab.note('held', {
        role: 'payment',
        order: order.id,
        met: isMet,
      } satisfies HeldBeyondDeadline);
      await freeze.release();
      await placed;
    },
  };
}

const namesOf = ({ lab: { strategy } }: Shop, role: RoleName): readonly string[] =>
  bindingsOf(strategy).flatMap(({ queue, key }) =>
    queue === role && firstSteps[role]?.includes(key) ? [key] : [],
  );

/** As soon as it has given up the first, order is killed: what it owes the others must be known then. */
async function giveUp(
  shop: Shop,
  orders: readonly [Order, Order, Order],
  paying: Paying,
): Promise<void> {
  const { lab, observer } = shop;
  const [first, , served] = orders;
  const when = `NEW.id = '${first.id}' AND NEW.status = 'REJECTED'`;
  const at = { table: 'orders', on: 'update', timing: 'commit', when } as const;
  const ending = await lab.role('order').freeze(at);
  await shop.place(...orders);
  const tells = (names: readonly string[], { id }: Order): boolean =>
    observer.messages.some(({ key, body }) => names.includes(key) && tellsOf(body).order === id);
  // Whoever takes one message at a time takes none behind the one that stands.
  await lab.until('the third is served', () => tells(success, served), standsWithinMs);
  await paying.begin();
  const met = (await ending.reached(1, shop.deadlineMs + reachedWithinMs)) !== undefined;
  lab.note('crash', { role: 'order', point: 'given-up', met, order: first.id } satisfies Crash);
  if (met) await shop.crash(['order'], () => ending.release());
  else await ending.release();
  const all = [...orders, paying.order];
  await shop.givenUp(all);
  const areTold = (): boolean => all.every((order) => tells(compensations, order));
  await lab.until('what undoes them is told', areTold, reachedWithinMs);
  await paying.letGo();
}

/**
 * An order of the same customer stands as it takes money, another one of the same article as it takes
 * stock, and then what both services put back is put back: to the row as it is, or as it was read.
 */
async function undoBesideOthers(shop: Shop, undone: Order, messages: HeldBack): Promise<void> {
  const { lab } = shop;
  const { customer, sku } = undone;
  const beside = { ends: 'confirmed', disturbed: true } as const;
  const [payer, taker] = [
    await shop.order('beside', { ...beside, customer }),
    await shop.order('beside', { ...beside, sku }),
  ];
  const [paying, taking] = await Promise.all([
    lab.role('payment').freeze({
      ...{ table: 'accounts', on: 'update', when: `NEW.customer = '${customer}'` },
    }),
    lab.role('inventory').freeze({ table: 'stock', on: 'update', when: `NEW.sku = '${sku}'` }),
  ]);
  const both = [taking, paying];
  const placed: Promise<void>[] = [];
  const stood: unknown[] = [];
  // Payment may take one message at a time: whoever is to come to inventory has passed it by then.
  for (const [freeze, order] of [
    [taking, taker],
    [paying, payer],
  ] as const) {
    placed.push(shop.place(order));
    stood.push(await freeze.reached(1, reachedWithinMs));
  }
  await messages.letGo(undone.id, compensations);
  await Promise.all(both.map((one) => one.reached(2, secondWithinMs)));
  await Promise.all(both.map((one) => one.release()));
  const met = stood.every((pids) => pids !== undefined);
  lab.note('beside', { order: undone.id, met } satisfies UndoneBeside);
  await Promise.all(placed);
  await shop.ended([payer, taker]);
}

/** Where they remember it in their tables; elsewhere they had a second for it. */
async function haveRemembered({ lab }: Shop, unpaid: Order, unserved: Order): Promise<boolean> {
  const rows = await Promise.all([
    lab.role('payment').database.query('SELECT 1 FROM payments WHERE order_id = $1', [unpaid.id]),
    lab
      .role('inventory')
      .database.query('SELECT 1 FROM reservations WHERE order_id = $1', [unserved.id]),
  ]);
  return rows.every(({ length }) => length > 0);
}
