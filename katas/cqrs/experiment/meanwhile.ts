import { graceMs } from '../contract.js';
import type { Shop } from './shop.js';

const everyMs = 100;

/** Others write while somebody waits: a stream is never quiet for long. */
export async function writesMeanwhile(
  shop: Shop,
  customer: string,
  waiting: Promise<unknown>,
): Promise<void> {
  let [isOver, wroteAt, n] = [false, -Infinity, 0];
  const over = waiting.finally(() => (isOver = true));
  const isEnded = async (): Promise<boolean> => {
    if (!isOver && performance.now() - wroteAt >= everyMs) {
      wroteAt = performance.now();
      await shop.write({ order: `o-meanwhile-${customer}-${(n += 1)}`, customer, amount: 1 });
    }
    return isOver;
  };
  await shop.lab.until('nobody waits any more', isEnded, shop.waitMs + graceMs + 1_500);
  await over;
}
