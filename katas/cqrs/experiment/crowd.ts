import type { Proxy } from '../../../src/kata/index.js';
import { asksTheWriteSide } from '../contract.js';
import type { Crowd } from '../notes.js';
import { writesMeanwhile } from './meanwhile.js';
import type { Shop } from './shop.js';

const many = 16;
/** So often an event comes while the view looks whether it has it. */
const looks = 2;
/** So often a reader asks while nobody waits. */
const alone = 5;
/** The view is asked by others for so long while many wait. */
const watchedMs = 150;
const heldWithinMs = 2_000;
/** Whoever looks in a database does so at once, and shows what has come. */
const looksWithinMs = 400;

/** Many wait for their tokens at once, and others ask meanwhile; then one, and its event comes as it looks. */
export async function crowd(shop: Shop): Promise<void> {
  await allWait(shop);
  if (shop.lab.strategy !== asksTheWriteSide) {
    const database = await shop.database();
    if (database.connections === 0) await shop.restart(() => undefined, database);
    await shop.fence();
    for (let n = 1; n <= looks; n += 1) await asItLooks(shop, database, n);
  }
  await shop.fence();
}

/** The stream stands still until all of them wait. */
async function allWait(shop: Shop): Promise<void> {
  const { lab, broker } = shop;
  const customer = 'c-crowd';
  const other = shop.client();
  for (let n = 0; n < alone; n += 1) await shop.list(other, customer);
  const hold = broker.hold('to-client');
  const written = await shop.writeAll(
    Array.from({ length: many }, (_, n) => ({ order: `o-crowd-${n}`, customer, amount: 1 + n })),
  );
  await shop.told(written.map(({ token }) => token));
  const met = lab.strategy !== asksTheWriteSide && (await hold.reached(heldWithinMs));
  const still = await standingStill(shop, customer);
  lab.note('crowd', { tokens: written.map(({ token }) => token), met, still } satisfies Crowd);
  const waiting = Promise.all(
    written.map(({ token }) => shop.list(shop.client(), customer, token)),
  );
  const since = performance.now();
  let n = 0;
  const isWatched = async (): Promise<boolean> => {
    // What the write side takes meanwhile tells how slow the machine is.
    const beside = { order: `o-beside-${(n += 1)}`, customer: 'c-beside', amount: 1 };
    await Promise.all([shop.list(other, customer), shop.write(beside)]);
    return performance.now() - since > watchedMs;
  };
  await lab.until('others asked meanwhile', isWatched, heldWithinMs);
  lab.note('crowd-goes-on', {});
  broker.heal();
  await writesMeanwhile(shop, 'c-beside', waiting);
}

/** Some make sure with every question that they have everything: of them nobody who waits is in the way. */
async function standingStill(shop: Shop, customer: string): Promise<NonNullable<Crowd['still']>> {
  const reader = shop.client();
  const since = performance.now();
  await shop.list(reader, customer);
  return { reader, ms: Math.round(performance.now() - since) };
}

/**
 * The database says that it is not there, and before the view hears that, it is: who then waits to be
 * woken, without another look, waits in vain.
 */
async function asItLooks(shop: Shop, database: Proxy, round: number): Promise<void> {
  const { lab, broker } = shop;
  const [customer, order] = ['c-look', `o-look-${round}`];
  const stream = broker.hold('to-client');
  const written = await shop.write({ order, customer, amount: round });
  if (written) {
    await shop.told([written.token]);
    await stream.reached(heldWithinMs);
    const question = database.hold('to-server', { pattern: order, first: 1 });
    const read = shop.list(shop.client(), customer, written.token);
    const isAsked = await question.reached(looksWithinMs);
    // Nobody else asks the database anything now.
    const answer = database.hold('to-client', { pattern: /[^]/, first: 1 });
    question.release();
    if (isAsked) await answer.reached(looksWithinMs);
    broker.heal();
    const other = shop.client();
    let [isShown, isOver] = [false, false];
    // Whoever has one connection alone answers nobody until it hears again.
    const asking = (async () => {
      while (!isShown && !isOver)
        isShown = (await shop.list(other, customer))?.some(({ id }) => id === order) ?? false;
    })();
    await lab.until('another is shown it', () => isShown, looksWithinMs);
    isOver = true;
    database.heal();
    await Promise.all([asking, read]);
  }
  broker.heal();
}
