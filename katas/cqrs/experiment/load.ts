import type { ClientRequest } from '../../../src/kata/index.js';
import { listing, writing } from './requests.js';
import type { Shop } from './shop.js';

export interface Loaded {
  readonly writes: number;
  readonly users: number;
  readonly reads: number;
}

const customersEach = 4;

/** Some write, and each reads what it wrote; others only read. Measured: what the latter wait for. */
export async function load(shop: Shop, { writes, users, reads }: Loaded): Promise<void> {
  const { lab, view } = shop;
  const first = Array.from({ length: 2 * users }, () => shop.client())[0] ?? 0;
  lab.note('load-begins', {});
  // One after the other goes from one to the next of these.
  const each = [{ url: shop.order.url }, { url: view.url }, { url: view.url }];
  const writers = Array.from({ length: users }, (_, user) =>
    lab.oneByOne(each, oneWhoWrites(first + user, user, Math.ceil(writes / users))),
  );
  const readers = lab.closed(view, {
    users,
    requests: reads,
    next(user, n) {
      const reader = first + users + user;
      return listing(reader, { customer: customerOf(n, users), reader: `r-${reader}` });
    },
  });
  await Promise.all([...writers, readers]);
  lab.note('load-ends', {});
}

/**
 * Creates an order, changes it, and cancels it or changes it once more; and reads each of it back, with
 * its token, and at once again without.
 */
function oneWhoWrites(process: number, user: number, count: number): ClientRequest[] {
  return Array.from({ length: count }, (_, n) => {
    const [order, step] = [Math.floor(n / 3), n % 3];
    const customer = `c-load-${user}-${order % customersEach}`;
    const wish = { order: `o-load-${user}-${order}`, customer };
    const isLast = step === 2 && order % 2 === 0;
    const amount = 10 + ((order + 7 * step) % 90);
    // Each of them changes something, so this is what the write side will say.
    const token = `${wish.order}@${step + 1}`;
    return [
      writing(process, isLast ? wish : { ...wish, amount }),
      listing(process, { customer, reader: `r-${process}`, token }),
      listing(process, { customer, reader: `r-${process}` }),
    ];
  }).flat();
}

const customerOf = (n: number, users: number): string =>
  `c-load-${n % users}-${Math.floor(n / users) % customersEach}`;
