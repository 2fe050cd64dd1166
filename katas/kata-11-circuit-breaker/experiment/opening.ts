import type { Limits } from '../contract.js';
import type { Stand, Surroundings } from './stand.js';

/** No call for so long, while a crowd asks: it is open. */
const idleMs = 80;
const crowd = 200;

/** Asked by a crowd until it lets nobody through. */
export async function untilOpen(
  { lab }: Surroundings,
  stand: Stand,
  limits: Limits,
): Promise<void> {
  const forMs = 300;
  const isOpen = isIdle(stand, limits.minCalls);
  await Promise.all([stand.ask(crowd, forMs), lab.until('no more calls', isOpen, forMs)]);
}

/** @param least calls that have come, and then none: a program that is only slow to begin is not open */
export function isIdle({ quotes }: Stand, least: number): () => boolean {
  let [calls, since] = [0, performance.now()];
  return () => {
    const now = performance.now();
    if (quotes.calls !== calls) [calls, since] = [quotes.calls, now];
    return calls >= least && now - since >= idleMs;
  };
}
