import { roles, type RoleName } from '../contract.js';
import type { Program } from '../../../src/kata/index.js';
import type { Away, ReadEarly, Replaced, Wish } from '../notes.js';
import { cutOffInHand } from './in-hand.js';
import { again } from './interpose.js';
import { scrape } from './scrape.js';
import type { Shop } from './shop.js';

/** Gone for so long: longer than the patience of most. */
const goneForMs = 1_200;
/** First whoever comes is turned away: who tries a few times at once has soon tried them all. */
const turnedAway = 14;
const turnedAwayMs = 50;

/** The broker, then the databases of all, are gone while orders come, and come back. */
export async function restarts(shop: Shop): Promise<void> {
  await shop.behindProxies();
  await scrape(shop, 'before');
  // They tell how fast this machine is, whatever becomes of those that come later; nothing is expected of them.
  const usual = await shop.wishes('restarts', 2, { ends: 'none' });
  await shop.place(...usual);
  await shop.ended(usual);
  await cutOffInHand(shop);
  for (const what of ['broker', 'database'] as const) await goneFor(shop, what);
  await scrape(shop, 'after');
}

async function goneFor(shop: Shop, what: Away['what']): Promise<void> {
  const { lab, parts } = shop;
  const proxies = roles.flatMap((role) => parts[role][what] ?? []);
  const wishes = await shop.wishes('restarts', 4, { disturbed: true });
  await shop.place(...wishes.slice(0, 2));
  lab.note('away', { what, met: proxies.every((one) => one.connections > 0) } satisfies Away);
  for (const proxy of proxies) proxy.blackHole();
  for (let turned = 0; turned < turnedAway; turned += 1) {
    for (const proxy of proxies) proxy.cut('rst');
    await shop.pass('whoever comes is turned away', turnedAwayMs);
  }
  const placed = shop.place(...wishes.slice(2));
  await shop.pass(`the ${what} is away`, goneForMs - turnedAway * turnedAwayMs);
  for (const proxy of proxies) {
    proxy.heal();
    proxy.cut('rst');
  }
  await placed;
  await shop.placeAgain(...wishes);
  await shop.ended(wishes, 2 * shop.deadlineMs + 5_000);
  const after = await shop.wishes('restarts', 2);
  await shop.place(...after);
  await shop.ended(after);
}

const dependencies = { payments: 'provider', shipping: 'carrier' } as const;

/** The next one of a service, started while the first does not know what became of its calls outside. */
async function besideWorkInHand(shop: Shop, role: RoleName, wishes: Wish[]): Promise<Program> {
  if (role !== 'payments' && role !== 'shipping') return shop.another(role);
  const outside = shop.world[dependencies[role]];
  // Whatever was asked for before would meet it as well, and nothing is to be in its way.
  await shop.ended(wishes);
  const some = await shop.wishes('rolling', 2, { disturbed: true });
  wishes.push(...some);
  outside.become('mute');
  await shop.place(...some);
  await shop.lab.until('it has been asked', () => outside.asked > 0, 2_000);
  const next = await shop.another(role);
  outside.become('well');
  return next;
}

/** Between two orders, and so many at most: there is nearly always a call under way outside. */
const nextOrderMs = 120;
const mostOrders = 24;

/**
 * One order, and then another one: whoever waits for its turn since the first one had it is to take it now. Two, as one
 * may be late by chance.
 */
async function servedByItAlone(shop: Shop, wishes: Wish[]): Promise<void> {
  for (const wish of await shop.wishes('rolling', 2)) {
    wishes.push(wish);
    await shop.place(wish);
    await shop.ended([wish]);
  }
}

/** Replaced once more while calls outside are under way, each of which takes a moment. */
async function replacedWhileItAsks(shop: Shop, role: RoleName, wishes: Wish[]): Promise<void> {
  if (role !== 'payments' && role !== 'shipping') return;
  const outside = shop.world[dependencies[role]];
  const placed: Promise<void>[] = [];
  const over = new AbortController();
  outside.become('late');
  const coming = (async () => {
    while (!over.signal.aborted && placed.length < mostOrders) {
      const wish = await shop.wish('rolling', { disturbed: true });
      wishes.push(wish);
      placed.push(shop.place(wish));
      await shop.pass('the next order comes', nextOrderMs);
    }
  })();
  await shop.lab.until('it has been asked', () => outside.asked > 0, 2_000);
  const next = await shop.another(role);
  over.abort();
  await coming;
  await Promise.all(placed);
  outside.become('well');
  await shop.parts[role].program.stop();
  shop.parts[role].program = next;
}

/**
 * Both of orders are asked with the same keys at the same moment, and neither knows what the other one only
 * remembers; then for what has not ended yet, and again once it has: one of them alone hears each end.
 */
async function readByBoth(shop: Shop, both: readonly Program[]): Promise<void> {
  const some = await shop.wishes('rolling', 4, { disturbed: true });
  shop.world.become('late');
  await Promise.all(some.flatMap((wish) => both.map((one) => shop.askOf(one, shop.placing(wish)))));
  await Promise.all(both.map((one) => shop.readBy(one, some)));
  const pending = await shop.pendingOf(some);
  shop.lab.note('read-early', { pending } satisfies ReadEarly);
  await shop.ended(some);
  for (const one of both) await shop.readBy(one, some);
  shop.world.become('well');
}

/** What a next version adds to its tables: the old one knows nothing of it. */
const tables: Readonly<Record<RoleName, string>> = {
  ...{ orders: 'orders', payments: 'payments', inventory: 'reservations', shipping: 'parcels' },
};

/**
 * Every service is replaced by a next one that runs beside it for a while; tables get a column that
 * the old one does not know, and messages fields.
 */
export async function rolling(shop: Shop): Promise<void> {
  const wishes = await shop.wishes('rolling', 2);
  await shop.place(...wishes);
  await shop.ended(wishes);
  await again(shop, 'newer', async () => {
    for (const role of roles) {
      const { database } = shop.lab.role(role);
      await database.query(`ALTER TABLE ${tables[role]} ADD COLUMN of_next_version text`);
      const old = shop.parts[role].program;
      const next = await besideWorkInHand(shop, role, wishes);
      const some = await shop.wishes('rolling', 6);
      wishes.push(...some);
      const both = role === 'orders' ? [old, next] : [shop.parts.orders.program];
      await Promise.all(
        some.map((wish, n) => shop.askOf(both[n % both.length] as Program, shop.placing(wish))),
      );
      if (role === 'orders') await readByBoth(shop, both);
      // Whoever has prepared a statement before reads with it again.
      for (const one of both) await shop.readBy(one, wishes.slice(0, 2));
      await old.stop();
      shop.parts[role].program = next;
      await servedByItAlone(shop, wishes);
      await replacedWhileItAsks(shop, role, wishes);
      shop.lab.note('replaced', { role } satisfies Replaced);
    }
    await shop.placeAgain(...wishes);
    await shop.ended(wishes);
  });
}
