import type { Limits } from '../contract.js';
import type { Stand, Surroundings } from './stand.js';

/** No call for so long, while a crowd asks: it is open. */
const idleMs = 80;
/** What was let through before has come. */
const arrivedMs = 20;
const crowd = 200;

/** Asked by a crowd until it lets nobody through. */
export async function untilOpen(
  { lab }: Surroundings,
  stand: Stand,
  limits: Limits,
): Promise<void> {
  const forMs = 300;
  await Promise.all([
    stand.ask(crowd, forMs),
    lab.until('the opening', isOpen(stand, limits), forMs),
  ]);
}

/** It has rejected somebody, and calls come no more: a program that is only slow to begin is not open. */
export function isOpen(stand: Stand, { minCalls }: Pick<Limits, 'minCalls'>): () => boolean {
  const hasArrived = isIdle(stand, 1, arrivedMs);
  const isLeftAlone = isIdle(stand, minCalls);
  return () => {
    // Both look at the clock each time.
    const [arrived, leftAlone] = [hasArrived(), isLeftAlone()];
    return stand.rejects ? arrived : stand.fallsBack && leftAlone;
  };
}

/** @param least calls that have come, and then none for so long */
export function isIdle({ quotes }: Stand, least: number, forMs = idleMs): () => boolean {
  let [calls, since] = [0, performance.now()];
  return () => {
    const now = performance.now();
    if (quotes.calls !== calls) [calls, since] = [quotes.calls, now];
    return calls >= least && now - since >= forMs;
  };
}
