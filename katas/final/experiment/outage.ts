import type { Phase, PhaseName, Wish } from '../notes.js';
import type { Shop } from './shop.js';

/** So long a dependency is as bad as this. */
const lastsMs = 2_000;

/** The provider fails half of the time, is down, is slow; then the carrier is down. Others must not notice. */
export async function outages(shop: Shop): Promise<void> {
  await outage(shop, 'provider', 'half');
  await outage(shop, 'provider', 'down');
  await outage(shop, 'provider', 'slow');
  await outage(shop, 'carrier', 'down');
}

async function outage(shop: Shop, of: Phase['of'], phase: PhaseName): Promise<void> {
  const wishes = await shop.wishes('provider', 8, { disturbed: true });
  shop.world[of].become(phase);
  const [first, second] = [wishes.slice(0, 6), wishes.slice(6)];
  await shop.place(...first);
  await shop.pass('an outage lasts', lastsMs / 2);
  await shop.place(...second);
  await shop.pass('an outage lasts', lastsMs / 2);
  shop.world[of].become('well');
  await wellAgain(shop, wishes);
}

/** Who comes after it is served as ever. */
async function wellAgain(shop: Shop, before: readonly Wish[]): Promise<void> {
  const after = await shop.wishes('provider', 2);
  await shop.place(...after);
  await shop.ended([...before, ...after]);
}
