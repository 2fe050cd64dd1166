import { asksTheWriteSide, stream } from '../contract.js';
import type { Cancelled, CancelledOver } from '../notes.js';
import type { Shop } from './shop.js';

/** So long it is watched what the view says, where it shows nothing new. */
const watchedMs = 1_800;
const everyMs = 50;

/** The broker cancels the view's consumer; connection and channel stay as they are. */
export async function cancelled(shop: Shop): Promise<void> {
  const { lab } = shop;
  if (lab.strategy === asksTheWriteSide) return;
  const tap = await lab.broker.tap(shop.broker);
  await shop.endAndBegin(tap);
  const customer = 'c-cancelled';
  const [reader, order] = [shop.client(), 'o-cancelled'];
  await shop.write({ order, customer, amount: 10 });
  // Then nothing is on its way to it.
  await shop.fence();
  await shop.list(reader, customer);
  const met = (await tap.cancelConsumers(stream)) > 0;
  lab.note('cancelled', { met } satisfies Cancelled);
  const written = await shop.write({ order, customer, amount: 20 });
  const began = performance.now();
  let lookedAt = -Infinity;
  await lab.until(
    'it is shown, or was watched',
    async () => {
      if (performance.now() - lookedAt < everyMs) return false;
      lookedAt = performance.now();
      const orders = await shop.list(reader, customer);
      const isShown = orders?.some(({ version }) => version >= (written?.version ?? 0)) ?? false;
      return isShown || performance.now() - began > watchedMs;
    },
    20_000,
  );
  lab.note('cancelled-over', { isBack: await shop.fence() } satisfies CancelledOver);
  await shop.list(reader, customer);
}
