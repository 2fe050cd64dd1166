import { ageBeforeMs, ageOffMs, asksTheWriteSide, refusesWithinMs } from '../contract.js';
import type { Cut, CutWrite } from '../notes.js';
import { summing } from './requests.js';
import type { Shop } from './shop.js';

/** So long it is watched what the view says beyond the moment from which it may say nothing. */
const watchedMs = refusesWithinMs + 800;
const everyMs = 50;
const comesWithinMs = 8_000;

/** Nothing is told for longer than an age may be off: it is as young then as it was. */
const quietMs = ageBeforeMs + 2 * ageOffMs;

async function quietly({ lab }: Shop): Promise<void> {
  const since = performance.now();
  await lab.until('a quiet evening', () => performance.now() - since > quietMs, 2 * quietMs);
}

/** The view does not reach the broker while the write side goes on. */
export async function cutOff(shop: Shop): Promise<void> {
  const { lab, broker } = shop;
  const customer = 'c-cut-1';
  const [reader, writer] = [shop.client(), shop.client()];
  await shop.write({ order: 'o-cut-1', customer, amount: 10 });
  await shop.fence();
  if (lab.strategy !== asksTheWriteSide) await quietly(shop);
  await shop.list(reader, customer);

  const met = lab.strategy !== asksTheWriteSide && broker.connections > 0;
  broker.blackHole();
  broker.cut('rst');
  lab.note('cut', { met } satisfies Cut);
  const written = await shop.write({ order: 'o-cut-1', customer, amount: 20 }, writer);
  if (written) lab.note('cut-write', { token: written.token, customer } satisfies CutWrite);
  const hasIt = async (): Promise<boolean> => {
    const orders = await shop.list(reader, customer);
    return orders?.some(({ version }) => version >= (written?.version ?? 0)) ?? false;
  };
  const withToken = shop.list(writer, customer, written?.token);
  const began = performance.now();
  let lookedAt = -Infinity;
  await lab.until(
    'the view was watched',
    async () => {
      if (performance.now() - lookedAt >= everyMs) {
        lookedAt = performance.now();
        await shop.list(reader, customer);
        await shop.ask(summing(reader, { customer, reader: `r-${reader}` }));
      }
      return performance.now() - began > watchedMs;
    },
    20_000,
  );
  await withToken;
  lab.note('healed', {});
  broker.heal();
  // It reaches the broker again, and may not know yet what it missed.
  await lab.until('it says what it missed', hasIt, comesWithinMs);
  await shop.fence();
  await shop.list(reader, customer);
}
