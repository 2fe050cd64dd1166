import type { Proxy } from '../../../src/kata/index.js';
import { asksTheWriteSide } from '../contract.js';
import type { Crash } from '../notes.js';
import { beginAgain } from './begin-again.js';
import type { Written } from './requests.js';
import type { Shop } from './shop.js';

/** Nobody comes to a point within this: it is not there in this program. */
const pointWithinMs = 3_000;
/** Whoever stands at a point may keep those who ask from an answer. */
const answersWithinMs = 300;
const batch = 24;
/** What is on its way to the view comes within this. */
const gathersMs = 100;
/** Whoever folds beside the one that stands has committed within this. */
const goesOnMs = 150;

/** The view is killed with half a batch, at an effect, and with its answer on its way. */
export async function crash(shop: Shop): Promise<void> {
  const database = await shop.database();
  const follows = shop.lab.strategy !== asksTheWriteSide;

  const half = shop.broker.hold('to-client', { pattern: 'o-batch-12', first: 1 });
  await shop.writeAll(batchOf('batch'));
  const isMet = follows && (await half.reached(pointWithinMs));
  note(shop, { point: 'batch', met: isMet, keepsNothing: false, order: 'o-batch-12' });
  await shop.restart(() => half.cut('rst'), database);
  await shop.fence();

  const keepsNothing = database.connections === 0;
  const waitMs = follows && !keepsNothing ? pointWithinMs : 1;
  const atEffect = await toPoint(shop, database, 'effect', waitMs);
  note(shop, { point: 'effect', met: atEffect.met, keepsNothing, order: 'o-effect-12' });
  await killedAndAsked(shop, database, { name: 'effect', ...atEffect });

  const atCommit = await toPoint(shop, database, 'commit', waitMs);
  // The statement goes on; what the database answers is never heard.
  const answer = database.hold('to-client');
  atCommit.release();
  const met = atCommit.met && (await answer.reached(waitMs));
  note(shop, { point: 'commit', met, keepsNothing, order: 'o-commit-12' });
  await killedAndAsked(shop, database, {
    name: 'commit',
    written: atCommit.written,
    cut: () => answer.cut('rst'),
  });
}

/** All of a batch comes in one go, and what becomes of one of its events does not reach the database. */
async function toPoint(shop: Shop, database: Proxy, name: 'effect' | 'commit', waitMs: number) {
  const stream = shop.broker.hold('to-client');
  const written = await shop.writeAll(batchOf(name));
  await shop.told(written.map(({ token }) => token));
  await stream.reached(waitMs);
  const effect = database.hold('to-server', { pattern: `o-${name}-12`, first: 1 });
  // Whoever folds what is there, and goes on with what has come meanwhile, has all of the others then.
  const first = database.hold('to-server', { pattern: `o-${name}-0`, first: 1 });
  stream.release();
  if (await first.reached(waitMs)) await pass(shop, 'the others have come', gathersMs);
  first.release();
  const met = await effect.reached(waitMs);
  // What others do meanwhile on connections of their own is done.
  if (met) await pass(shop, 'whoever else is at it has done it', goesOnMs);
  return { met, written, release: () => effect.release(), cut: () => effect.cut('rst') };
}

async function pass({ lab }: Shop, what: string, ms: number): Promise<void> {
  const since = performance.now();
  await lab.until(what, () => performance.now() - since > ms, 20 * ms);
}

interface Point {
  readonly name: 'effect' | 'commit';
  readonly written: readonly Written[];
  readonly cut: () => void;
}

/**
 * Who was shown something before the view died asks again while it has not heard the rest. Who has the
 * token of what is half done asks while it is, and once more when another view has done it.
 */
async function killedAndAsked(
  shop: Shop,
  database: Proxy,
  { name, written, cut }: Point,
): Promise<void> {
  const { lab } = shop;
  const reader = shop.client();
  const customers = [0, 1].map(customerOf);
  let isAnswered = false;
  const asked = (async () => {
    for (const customer of customers) await shop.list(reader, customer);
    isAnswered = true;
  })();
  const told = withTokens(shop, name, written);
  await lab.until('it says what it has', () => isAnswered, answersWithinMs);
  await shop.view.kill();
  cut();
  database.heal();
  shop.broker.heal();
  await Promise.all([asked, told]);
  // There is at least this one to come, however far the view had got.
  await shop.write({ order: `o-${name}-after`, customer: customerOf(0), amount: 1 });
  await beginAgain(shop, { reader, customers, before: `o-${name}-` }, { database });
  await shop.fence();
  for (const customer of customers) await shop.list(reader, customer);
  await withTokens(shop, name, written);
}

/** Each with the token of one of the batch: of its first ones, and of that which is on its way. */
async function withTokens(
  shop: Shop,
  name: Point['name'],
  written: readonly Written[],
): Promise<void> {
  await Promise.all(
    [0, 1, 12].map(async (n) => {
      const one = written.find(({ id }) => id === `o-${name}-${n}`);
      if (one) await shop.list(shop.client(), customerOf(n), one.token);
    }),
  );
}

/** Most are of one, who has more of them than a page, in the end. */
const customerOf = (n: number): string => (n % 6 === 1 ? 'c-batch-1' : 'c-batch-0');

const batchOf = (name: string) =>
  Array.from({ length: batch }, (_, n) => ({
    order: `o-${name}-${n}`,
    customer: customerOf(n),
    amount: 1 + n,
  }));

function note(shop: Shop, crashed: Crash): void {
  shop.lab.note('crash', crashed);
}
