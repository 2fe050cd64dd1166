import { asksTheWriteSide } from '../contract.js';
import type { Held } from '../notes.js';
import { writesMeanwhile } from './meanwhile.js';
import { listing, summing } from './requests.js';
import type { Shop } from './shop.js';
import { toldToEnd } from './told-to-end.js';

const heldMs = 250;

/**
 * The stream stands still while a client reads with the token of what it just wrote; and another one
 * with a token whose write never comes. Then the view is told to end while one waits.
 */
export async function token(shop: Shop): Promise<void> {
  const { lab, broker } = shop;
  const customer = 'c-token-1';
  await shop.write({ order: 'o-token-1', customer, amount: 10 });
  await shop.fence();
  const [writer, other, hopeful, summer] = Array.from({ length: 4 }, () => shop.client()) as [
    ...[number, number, number, number],
  ];
  const sum = (token?: string): Promise<void> =>
    shop.ask(
      summing(summer, { customer, reader: `r-${summer}`, ...(token !== undefined && { token }) }),
    );
  await shop.list(other, customer);
  await sum();

  const hold = broker.hold('to-client');
  const written = await shop.write({ order: 'o-token-1', customer, amount: 20 }, writer);
  if (written) {
    const since = performance.now();
    const reads = Promise.all([shop.list(writer, customer, written.token), sum(written.token)]);
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
    await writesMeanwhile(shop, 'c-token-2', never);
    await reads;
  }
  broker.heal();
  await shop.fence();
  await shop.list(writer, customer);
  await toldToEnd(shop);
}
