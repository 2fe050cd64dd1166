import type { Freeze, FreezePoint } from '../../../src/kata/index.js';
import type { Order, RoleName } from '../contract.js';
import type { EndedAmid } from '../notes.js';
import type { Shop, Wanted } from './shop.js';

const comesWithinMs = 2_000;
/** What stands in its way is in the way of nothing that comes after this. */
const besideWithinMs = 700;
/** So long after SIGTERM what is in hand goes on: well within the five seconds of the contract. */
const goesOnMs = 300;

/** All three are told to end as each of them stands in the middle of something, and started again. */
export async function sigterm(shop: Shop): Promise<void> {
  if (shop.lab.strategy === 'sync-chain') return;
  // Of one table all are set before anybody stands there: to set one waits for who writes.
  const reserving = await pointOf(shop, { role: 'inventory', amid: 'message', ...at.reservation });
  const ending = await pointOf(shop, { role: 'order', amid: 'message', ...at.end });
  const paying = await pointOf(shop, { role: 'payment', amid: 'message', ...at.payment });
  const taking = await pointOf(shop, { role: 'order', amid: 'request', ...at.order });
  // Inventory first, whom nobody needs any more then; whoever takes requests last.
  const all = [
    await stand(shop, reserving),
    await stand(shop, ending),
    // Of an order service that does one thing at a time the request is what counts.
    await stand(shop, paying, () => ending.freeze.release()),
    await stand(shop, taking),
  ];
  await shop.end(
    async () => {
      await shop.since('what is in hand goes on', performance.now(), goesOnMs);
      await Promise.all(all.map(({ freeze }) => freeze.release()));
    },
    async () => {
      for (const one of all) await note(shop, one);
    },
  );
  await Promise.all(all.map(({ placed }) => placed));
  const orders = all.map(({ order }) => order);
  await shop.placeUnlessTaken(...orders);
  await shop.ended(orders);
}

interface Point {
  readonly role: RoleName;
  readonly amid: EndedAmid['amid'];
  readonly ends: Wanted['ends'];
  readonly at: Pick<FreezePoint, 'table' | 'on'>;
  /** Which names the order. */
  readonly column: 'id' | 'order_id';
}

const confirmed = { ends: 'confirmed' } as const;
const at = {
  reservation: { ...confirmed, at: { table: 'reservations', on: 'insert' }, column: 'order_id' },
  payment: { ...confirmed, at: { table: 'payments', on: 'insert' }, column: 'order_id' },
  order: { ...confirmed, at: { table: 'orders', on: 'insert' }, column: 'id' },
  // For this one nobody needs inventory.
  end: { ends: 'declined', at: { table: 'orders', on: 'update' }, column: 'id' },
} as const;

interface Trap extends Pick<Point, 'role' | 'amid'> {
  readonly order: Order;
  readonly freeze: Freeze;
}

async function pointOf(shop: Shop, { role, amid, ends, at: point, column }: Point): Promise<Trap> {
  const order = await shop.order(`ending-${role}`, { ends, disturbed: true });
  const when = `NEW.${column} = '${order.id}'`;
  return { role, amid, order, freeze: await shop.lab.role(role).freeze({ ...point, when }) };
}

interface Standing extends Trap {
  readonly placed: Promise<void>;
  readonly met: boolean;
}

/** @param makeWay where nobody comes there: what else stands goes on, and it is waited for once more */
async function stand(shop: Shop, trap: Trap, makeWay?: () => Promise<void>): Promise<Standing> {
  const placed = shop.place(trap.order);
  let pids = await trap.freeze.reached(1, makeWay ? besideWithinMs : comesWithinMs);
  if (!pids && makeWay) {
    await makeWay();
    pids = await trap.freeze.reached(1, comesWithinMs);
  }
  return { ...trap, placed, met: pids !== undefined };
}

const doneBy: Readonly<Record<RoleName, string>> = {
  order: `SELECT 1 FROM orders WHERE id = $1 AND status <> 'PENDING'`,
  payment: 'SELECT 1 FROM payments WHERE order_id = $1',
  inventory: 'SELECT 1 FROM reservations WHERE order_id = $1',
};

async function note({ lab }: Shop, { role, amid, order, met }: Standing): Promise<void> {
  const sql = amid === 'request' ? 'SELECT 1 FROM orders WHERE id = $1' : doneBy[role];
  const isDone = (await lab.role(role).database.query(sql, [order.id])).length > 0;
  lab.note('ended-amid', { role, amid, order: order.id, met, isDone } satisfies EndedAmid);
}
