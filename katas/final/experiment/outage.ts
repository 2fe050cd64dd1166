import type { Overdue, Phase, Wish } from '../notes.js';
import type { Shop } from './shop.js';

/** So long a dependency is as bad as this: down for longer than any pause between two tries is. */
const lastsMs = { half: 2_000, down: 4_500, slow: 2_000 } as const;

/** The provider fails half of the time, is down, is slow; then the carrier is down, too. Others must not notice. */
export async function outages(shop: Shop): Promise<void> {
  await outage(shop, 'provider', 'half');
  await outage(shop, 'provider', 'down');
  await outage(shop, 'provider', 'slow');
  await whileARefundIsDue(shop);
  await beyondTheDeadline(shop);
}

/** Longer than anybody who tries a few times has patience. */
const refundWaitsMs = 3_000;

/** The carrier refuses, and the provider goes before the money is given back. */
async function whileARefundIsDue(shop: Shop): Promise<void> {
  const { carrier, provider } = shop.world;
  const wish = await shop.wish('provider', { ends: 'not-deliverable', disturbed: true });
  carrier.become('down');
  await shop.place(wish);
  await shop.lab.until('the carrier has been asked', () => carrier.asked > 0, 2_000);
  provider.become('down');
  carrier.become('well');
  await shop.pass('a refund is due', refundWaitsMs);
  provider.become('well');
  await wellAgain(shop, [wish]);
}

/** Beyond the deadline: so long an order may take to be given up. */
const graceMs = 2_500;

/** Nobody can go on with these until they are given up. */
async function beyondTheDeadline(shop: Shop): Promise<void> {
  const wishes = await shop.wishes('provider', 6, { disturbed: true });
  shop.world.carrier.become('down');
  const began = performance.now();
  await shop.place(...wishes);
  const { isOver, worstMs } = await shop.watched(wishes, shop.deadlineMs + graceMs);
  const waitedMs = Math.round(performance.now() - began);
  for (const { address } of wishes)
    shop.lab.note('overdue', {
      ...{ address, isGivenUp: isOver, waitedMs, worstMs },
    } satisfies Overdue);
  shop.world.carrier.become('well');
  await wellAgain(shop, wishes);
}

async function outage(shop: Shop, of: Phase['of'], phase: keyof typeof lastsMs): Promise<void> {
  const wishes = await shop.wishes('provider', 8, { disturbed: true });
  shop.world[of].become(phase);
  const [first, second] = [wishes.slice(0, 6), wishes.slice(6)];
  await shop.place(...first);
  await shop.pass('an outage lasts', lastsMs[phase] / 2);
  await shop.place(...second);
  await shop.pass('an outage lasts', lastsMs[phase] / 2);
  shop.world[of].become('well');
  await wellAgain(shop, wishes);
}

/** Who comes after it is served as ever. */
async function wellAgain(shop: Shop, before: readonly Wish[]): Promise<void> {
  const after = await shop.wishes('provider', 2);
  await shop.place(...after);
  await shop.ended([...before, ...after]);
}
