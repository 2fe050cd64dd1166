import { tellsOf } from '../contract.js';
import type { Away, Crash, HeldBeyondDeadline } from '../notes.js';
import { interposed } from './interpose.js';
import type { Shop } from './shop.js';

/** The broker is gone for so long: longer than the patience of most. */
const goneForMs = 1_200;
const reachedWithinMs = 4_000;

/**
 * Inventory stands in the middle of a reservation until the order has been given up; then it goes on,
 * and its success is one too many. As it undoes it, it is killed.
 */
export async function late(shop: Shop): Promise<void> {
  const { lab } = shop;
  const order = await shop.order('late', { ends: 'confirmed', disturbed: true });
  const inventory = lab.role('inventory');
  const when = `NEW.order_id = '${order.id}'`;
  const held = await inventory.freeze({ table: 'reservations', on: 'insert', when });
  const undoing = await inventory.freeze({ table: 'releases', on: 'insert', when });
  const placed = shop.place(order);
  const isHeld = (await held.reached(1, reachedWithinMs)) !== undefined;
  const isOver = await shop.givenUp([order]);
  lab.note('held', { order: order.id, met: isHeld && isOver } satisfies HeldBeyondDeadline);
  await held.release();
  await placed;
  const isMet = isOver && shop.undoes && (await undoing.reached(1, reachedWithinMs)) !== undefined;
  const crash = { role: 'inventory', point: 'release', met: isMet, order: order.id } as const;
  lab.note('crash', crash satisfies Crash);
  if (isMet) await shop.crash(['inventory'], () => undoing.abandon());
  else await undoing.release();
}

/**
 * Payment is cut off from all others until two orders have been given up. The order service is
 * killed meanwhile: what it has to give up must not be forgotten.
 */
export async function cutOff(shop: Shop): Promise<void> {
  const { payment } = shop.parts;
  const orders = [
    await shop.order('cut-off', { ends: 'confirmed', disturbed: true }),
    await shop.order('cut-off', { ends: 'declined', disturbed: true }),
  ];
  note(shop, 'payment', payment.broker.connections > 0);
  const partition = shop.lab.role('payment').partition();
  await shop.place(...orders);
  await shop.crash(['order'], () => undefined);
  await shop.givenUp(orders);
  partition.heal();
}

/** What payment is to do for an order comes only after what is to undo it. */
export async function overtaken(shop: Shop): Promise<void> {
  const order = await shop.order('overtaken', { ends: 'confirmed', disturbed: true });
  await interposed(shop, 'overtaken', async () => {
    await shop.place(order);
    await shop.givenUp([order]);
    const compensations = ['OrderRejected', 'RefundPayment'];
    const isTold = (): boolean =>
      shop.observer.messages.some(
        ({ key, body }) => compensations.includes(key) && tellsOf(body).order === order.id,
      );
    await shop.lab.until('what undoes it is told', isTold, reachedWithinMs);
  });
}

/** Nobody reaches the broker while orders come. */
export async function brokerGone(shop: Shop): Promise<void> {
  const all = Object.values(shop.parts);
  const orders = [
    await shop.order('gone', { ends: 'confirmed', disturbed: true }),
    await shop.order('gone', { ends: 'declined', disturbed: true }),
    await shop.order('gone', { ends: 'out-of-stock', disturbed: true }),
  ];
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
  await shop.place(...orders);
  await shop.ended(orders, goneForMs - (performance.now() - began));
  for (const { broker } of all) broker.heal();
  // Whoever could take none meanwhile is asked again.
  await shop.place(...orders);
}

function note({ lab }: Shop, what: Away['what'], met: boolean): void {
  lab.note('away', { what, met } satisfies Away);
}
