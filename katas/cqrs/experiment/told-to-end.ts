import { asksTheWriteSide } from '../contract.js';
import type { ToldToEnd } from '../notes.js';
import type { Shop } from './shop.js';

/** What is left of the wait as SIGTERM comes: well within the five seconds of the contract. */
const leftMs = 500;

/** The view is told to end while a read waits for its token, and starts again. */
export async function toldToEnd(shop: Shop): Promise<void> {
  const { lab } = shop;
  if (lab.strategy === asksTheWriteSide) return;
  const began = performance.now();
  let isAnswered = false;
  const read = shop
    .list(shop.client(), 'c-token-1', 'o-token-1@998')
    .finally(() => (isAnswered = true));
  const hasWaited = () => isAnswered || performance.now() - began > shop.waitMs - leftMs;
  await lab.until('it has waited', hasWaited, shop.waitMs);
  lab.note('told-to-end', { met: !isAnswered } satisfies ToldToEnd);
  await shop.endAndBegin();
  await read;
}
