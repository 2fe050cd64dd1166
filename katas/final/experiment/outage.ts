import type { OutageLog, Overdue, Phase, Wish } from '../notes.js';
import { KeptBack } from './kept-back.js';
import { linesSoFar, straysSince } from './logs.js';
import type { Shop } from './shop.js';

/** So long a dependency is as bad as this: down for longer than any pause between two tries is. */
const lastsMs = { half: 2_000, down: 4_500, slow: 2_000 } as const;

/** The provider fails half of the time, is down, is slow; then the carrier is down, too. Others must not notice. */
export async function outages(shop: Shop): Promise<void> {
  const before = await linesSoFar(shop, asking);
  await outage(shop, 'provider', 'half');
  await outage(shop, 'provider', 'down');
  await outage(shop, 'provider', 'slow');
  await whileARefundIsDue(shop);
  await beyondTheDeadline(shop);
  for (const [role, count] of before) {
    const strays = await straysSince(shop, role, count);
    shop.lab.note('outage-log', { role, strays } satisfies OutageLog);
  }
}

/** Who asks the provider and the carrier. */
const asking = ['payments', 'shipping'] as const;

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

/** So many are called off while the carrier is just being asked for them. */
const inTheMiddle = 2;
/** A breaker lets somebody through by then. */
const nextWithinMs = 1_500;
/** Long enough for whoever waits longer and longer to be far off. */
const duesWaitMs = 4_500;

/**
 * Nobody can go on with these until they are given up. The carrier says nothing while the first are
 * called off, and is still down once it is to call off all of them.
 */
async function beyondTheDeadline(shop: Shop): Promise<void> {
  const wishes = await shop.wishes('provider', 6, { disturbed: true });
  const { carrier } = shop.world;
  const calledOff = await KeptBack.begin(shop, 'CancelParcel');
  carrier.become('down');
  const began = performance.now();
  await shop.place(...wishes);
  const { isOver, worstMs } = await shop.watched(wishes, shop.deadlineMs + graceMs);
  const waitedMs = Math.round(performance.now() - began);
  for (const { address } of wishes)
    shop.lab.note('overdue', {
      ...{ address, isGivenUp: isOver, waitedMs, worstMs },
    } satisfies Overdue);
  await callOffInTheMiddle(shop, calledOff);
  carrier.become('down');
  await calledOff.end();
  await shop.pass('parcels are to be called off', duesWaitMs);
  carrier.become('well');
  await wellAgain(shop, wishes);
}

/** Whose call this is, nobody needs it any more: the next one may try all the same. */
async function callOffInTheMiddle(shop: Shop, calledOff: KeptBack): Promise<void> {
  const { carrier } = shop.world;
  carrier.become('slow');
  for (let n = 0; n < inTheMiddle; n += 1) {
    const before = carrier.asked;
    const order = await shop.lab.until(
      'the carrier is asked',
      () => carrier.asked > before && carrier.lastAsked,
      nextWithinMs,
    );
    if (order) await calledOff.handOn(order);
  }
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
