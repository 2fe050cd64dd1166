import type { Freeze } from '../../../src/kata/index.js';
import { roles, type RoleName } from '../contract.js';
import type { CameAgain, Final, Wish } from '../notes.js';
import { standsAt } from './points.js';
import { readRows } from './rows.js';
import { scrape } from './scrape.js';
import type { Shop } from './shop.js';

/** Nobody comes to a point within this: it is not there in this program. */
const standsWithinMs = 4_000;

interface InHand {
  readonly role: RoleName;
  readonly wish: Wish;
  readonly freeze: Freeze;
  readonly placed: Promise<void>;
  readonly stood: boolean;
}

/**
 * The broker goes while each service has a message in hand, and what it was about to do in its database is
 * taken back: every one of these messages comes again, to the same process, and nothing of it is done yet.
 */
export async function cutOffInHand(shop: Shop): Promise<void> {
  const { lab, parts } = shop;
  await scrape(shop, 'in-hand');
  const all: InHand[] = [];
  for (const role of [...roles].reverse()) all.push(await takeInHand(shop, role));
  await shop.quiet(50);
  const brokers = roles.map((role) => parts[role].broker);
  for (const broker of brokers) {
    broker.blackHole();
    broker.cut('rst');
  }
  await Promise.all(all.map(({ freeze }) => freeze.abandon()));
  const before = await readRows(lab);
  for (const broker of brokers) {
    broker.heal();
    broker.cut('rst');
  }
  await Promise.all(all.map(({ placed }) => placed));
  await shop.ended(all.map(({ wish }) => wish));
  await shop.quiet();
  const after = await readRows(lab);
  const ids = idsOf(all, after);
  for (const { role, wish, stood } of all) {
    const isDone = (rows: Final): boolean => doneBy(role, rows).has(ids.get(wish.address) ?? '');
    const done = [...ids.values()].filter((id) => doneBy(role, after).has(id)).length;
    const met = stood && !isDone(before) && isDone(after);
    lab.note('came-again', { role, met, done } satisfies CameAgain);
  }
  await scrape(shop, 'again');
}

/** Of an article of its own: who waits for it keeps no other order waiting. */
async function takeInHand(shop: Shop, role: RoleName): Promise<InHand> {
  const sku = `s-in-hand-${role}`;
  const wish = await shop.wish('restarts', { disturbed: true, sku });
  const freeze = await shop.lab.role(role).freeze(standsAt(role, wish));
  const placed = shop.place(wish);
  const stood = (await freeze.reached(1, standsWithinMs)) !== undefined;
  return { role, wish, freeze, placed, stood };
}

function idsOf(all: readonly InHand[], { orders }: Final): ReadonlyMap<string, string> {
  const addresses = new Set(all.map(({ wish }) => wish.address));
  return new Map(
    orders.flatMap(({ address, id }) => (addresses.has(address) ? [[address, id]] : [])),
  );
}

/** The orders with which it has gone on, by a row that says so. */
function doneBy(role: RoleName, rows: Final): ReadonlySet<string> {
  const having = (all: readonly { order: string; status: string }[], status: string): string[] =>
    all.filter((row) => row.status === status).map(({ order }) => order);
  const orders = rows.orders.map(({ id: order, status }) => ({ order, status }));
  const done: Readonly<Record<RoleName, string[]>> = {
    orders: having(orders, 'CONFIRMED'),
    payments: having(rows.payments, 'AUTHORIZED'),
    inventory: having(rows.reservations, 'RESERVED'),
    shipping: having(rows.parcels, 'BOOKED'),
  };
  return new Set(done[role]);
}
