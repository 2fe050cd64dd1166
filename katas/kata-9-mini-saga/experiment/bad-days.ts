import type { Order } from '../contract.js';
import type { Away, Crash, HeldBeyondDeadline } from '../notes.js';
import type { Shop } from './shop.js';

/** The broker is gone for so long: longer than the patience of most. */
const goneForMs = 1_200;
const reachedWithinMs = 4_000;

/**
 * Inventory stands in the middle of a reservation until the order has been given up; then it goes on,
 * and its success is one too many. As it undoes it, it is killed.
 * @param isMet told once it stands there, or never will
 */
export async function late(shop: Shop, isMet: () => void): Promise<void> {
  const { lab } = shop;
  const order = await shop.order('late', { ends: 'confirmed', disturbed: true });
  const inventory = lab.role('inventory');
  const when = `NEW.order_id = '${order.id}'`;
  const held = await inventory.freeze({ table: 'reservations', on: 'insert', when });
  const undoing = await inventory.freeze({ table: 'releases', on: 'insert', when });
  const placed = shop.place(order);
  const isHeld = (await held.reached(1, reachedWithinMs)) !== undefined;
  isMet();
  const isOver = await askingAgain(shop, order, () => shop.givenUp([order]));
  lab.note('held', { order: order.id, met: isHeld && isOver } satisfies HeldBeyondDeadline);
  await held.release();
  await placed;
  const isUndone = isOver && shop.undoes;
  const met = isUndone && (await undoing.reached(1, reachedWithinMs)) !== undefined;
  lab.note('crash', { role: 'inventory', point: 'release', met, order: order.id } satisfies Crash);
  if (met) await shop.crash(['inventory'], () => undoing.abandon());
  else await undoing.release();
}

const asksEveryMs = 500;

/** A client who waits may place its order again and again: that is no new order, nor a new deadline. */
async function askingAgain<T>(shop: Shop, order: Order, wait: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const asking = (async () => {
    while (!signal.aborted) {
      const began = performance.now();
      await shop.place(order);
      await shop.lab.until(
        'it is time to ask again',
        () => signal.aborted || performance.now() - began > asksEveryMs,
        10 * asksEveryMs,
      );
    }
  })();
  const result = await wait().finally(() => over.abort());
  await asking;
  return result;
}

/**
 * Payment is cut off from all others, so that nobody goes on with three orders. The order service is
 * killed, and is not there when the first is to be given up: that must not be forgotten. Nor may the
 * next wait for a broker that the order service itself does not reach by then.
 */
export async function cutOff(shop: Shop): Promise<void> {
  const { payment, order } = shop.parts;
  const [first, second, last] = [
    await shop.order('cut-off', { ends: 'confirmed', disturbed: true }),
    await shop.order('cut-off', { ends: 'declined', disturbed: true }),
    await shop.order('cut-off', { ends: 'confirmed', disturbed: true }),
  ];
  note(shop, 'payment', payment.broker.connections > 0);
  const partition = shop.lab.role('payment').partition();
  await shop.place(first, second);
  const began = performance.now();
  await shop.since('it is a while later', began, shop.deadlineMs / 3);
  await shop.place(last);
  await shop.crash(['order'], () =>
    shop.since('the first is overdue', began, shop.deadlineMs + 100),
  );
  note(shop, 'order', order.broker.connections > 0);
  order.broker.blackHole();
  order.broker.cut('rst');
  await shop.givenUp([first, second, last]);
  order.broker.heal();
  partition.heal();
}

/** Nobody reaches the broker while orders come. */
export async function brokerGone(shop: Shop): Promise<void> {
  const all = Object.values(shop.parts);
  const orders = [
    await shop.order('gone', { ends: 'confirmed', disturbed: true }),
    await shop.order('gone', { ends: 'declined', disturbed: true }),
    await shop.order('gone', { ends: 'out-of-stock', disturbed: true }),
  ];
  const once = await shop.order('gone', { ends: 'confirmed', disturbed: true });
  note(
    shop,
    'broker',
    all.every(({ broker }) => broker.connections > 0),
  );
  for (const { broker } of all) {
    broker.blackHole();
    broker.cut('rst');
  }
  const began = performance.now();
  await shop.place(...orders, once);
  await shop.ended(orders, goneForMs - (performance.now() - began));
  for (const { broker } of all) broker.heal();
  // Whoever could take none meanwhile is asked again; but for one, of which then nothing may be stored.
  await shop.place(...orders);
}

function note({ lab }: Shop, what: Away['what'], met: boolean): void {
  lab.note('away', { what, met } satisfies Away);
}
