import type { Freeze } from '../../../src/kata/index.js';
import { roles, type RoleName } from '../contract.js';
import type { Stopping, Wish } from '../notes.js';
import { standsAt } from './points.js';
import type { Shop } from './shop.js';

const atOnce = 8;
/** Of these so many requests are in hand as orders is told to end. */
const inHand = 3;
const comeWithinMs = 2_000;
/** So long after SIGTERM what is in hand goes on: well within the five seconds of the contract. */
const goesOnMs = 300;

/** Each is told to end with something in hand while orders come, and started again. */
export async function sigterm(shop: Shop): Promise<void> {
  const wishes: Wish[] = [];
  for (const role of roles) {
    const some = await shop.wishes('sigterm', atOnce, { disturbed: true });
    const held = role === 'orders' ? [] : [await ofItsOwn(shop, role)];
    wishes.push(...some, ...held);
    const [one] = held;
    await (role !== 'orders' && one
      ? endAmidWork(shop, role, one, some)
      : endAmidRequests(shop, some));
  }
  await shop.placeAgain(...wishes);
  // They tell how slow this machine is.
  const after = await shop.wishes('sigterm', 2);
  await shop.place(...after);
  await shop.ended([...wishes, ...after]);
}

/** Of an article of its own: who waits for it keeps no other order waiting. */
function ofItsOwn(shop: Shop, role: RoleName): Promise<Wish> {
  return shop.wish('sigterm', { disturbed: true, sku: `s-sigterm-${role}` });
}

/** All requests have been read: what has not, a program that ends may close unread. */
async function endAmidRequests(shop: Shop, some: readonly Wish[]): Promise<void> {
  const held = some.slice(-inHand);
  const freeze = await shop.lab.role('orders').freeze({
    ...{ table: 'orders', on: 'insert' },
    when: `NEW.address IN (${held.map(({ address }) => `'${address}'`).join(', ')})`,
  });
  const placed = shop.place(...some);
  const areRead =
    (await freeze.reached(inHand, comeWithinMs)) !== undefined &&
    (await areTaken(shop, some.slice(0, -inHand)));
  if (!areRead) {
    await freeze.release();
    await placed;
  }
  await told(shop, 'orders', some, freeze);
  await placed;
}

async function areTaken({ lab }: Shop, wishes: readonly Wish[]): Promise<boolean> {
  const have = async (): Promise<boolean> => {
    const [row] = await lab
      .role('orders')
      .database.query<{ n: number }>(
        'SELECT count(*)::integer AS n FROM orders WHERE address = ANY($1)',
        [wishes.map(({ address }) => address)],
      );
    return row?.n === wishes.length;
  };
  return (await lab.until('the others are taken', have, comeWithinMs)) ?? false;
}

type Worker = Exclude<RoleName, 'orders'>;

/** It stands in the middle of one order while it works on others. */
async function endAmidWork(
  shop: Shop,
  role: Worker,
  held: Wish,
  some: readonly Wish[],
): Promise<void> {
  const freeze = await shop.lab.role(role).freeze(standsAt(role, held));
  const first = shop.place(held);
  await freeze.reached(1, comeWithinMs);
  const placed = shop.place(...some);
  await shop.lab.until('the first have come', () => hasDone(shop, role, some), comeWithinMs);
  await told(shop, role, [held, ...some], freeze);
  await Promise.all([first, placed]);
}

/** What each tells of an order that it is done with. */
const doneBy = {
  ...{ payments: 'PaymentAuthorized', inventory: 'StockReserved', shipping: 'ParcelBooked' },
} as const;

function hasDone({ observer }: Shop, role: Worker, wishes: readonly Wish[]): boolean {
  const addresses = new Set<unknown>(wishes.map(({ address }) => address));
  return observer.messages.some(({ key, body }) => {
    const { address } = (body ?? {}) as { address?: unknown };
    return key === doneBy[role] && addresses.has(address);
  });
}

/** Time enough to end with all else first, and to lose what is told after that. */
async function told(
  shop: Shop,
  role: RoleName,
  { length: pending }: readonly Wish[],
  freeze: Freeze,
): Promise<void> {
  shop.lab.note('stopping', { role, pending } satisfies Stopping);
  const stopping = shop.parts[role].program.stop();
  await shop.pass('what is in hand goes on', goesOnMs);
  await freeze.release();
  await stopping;
  await shop.restart(role);
}
