import { asksTheWriteSide } from '../contract.js';
import type { Held } from '../notes.js';
import { listing } from './requests.js';
import type { Shop } from './shop.js';

const heldMs = 250;

/**
 * The stream stands still while a client reads with the token of what it just wrote; and another one
 * with a token whose write never comes.
 */
export async function token(shop: Shop): Promise<void> {
  const { lab, broker } = shop;
  const customer = 'c-token-1';
  await shop.write({ order: 'o-token-1', customer, amount: 10 });
  await shop.fence();
  const [writer, other, hopeful] = [shop.client(), shop.client(), shop.client()];
  await shop.list(other, customer);

  const hold = broker.hold('to-client');
  const written = await shop.write({ order: 'o-token-1', customer, amount: 20 }, writer);
  if (written) {
    const since = performance.now();
    const reads = shop.list(writer, customer, written.token);
    const never = lab.oneByOne(shop.view, [
      listing(hopeful, {
        ...{ customer, reader: `r-${hopeful}`, token: 'o-token-1@999' },
      }),
    ]);
    const met = lab.strategy !== asksTheWriteSide && (await hold.reached(2_000));
    lab.note('held', { met, token: written.token } satisfies Held);
    await shop.list(other, customer);
    await lab.until('the token has been waited for', () => performance.now() - since > heldMs);
    broker.heal();
    const isShown = async (): Promise<boolean> => {
      const orders = await shop.list(other, customer);
      return orders?.some(({ version }) => version >= written.version) ?? false;
    };
    await lab.until('another is shown it', isShown, shop.waitMs);
    await Promise.all([reads, never]);
  }
  broker.heal();
  await shop.fence();
  await shop.list(writer, customer);
}
