import type { Shop } from './shop.js';

/** All at one moment: what is kept in a variable for all of them is mixed up now. */
export async function crowd(shop: Shop, requests: number): Promise<void> {
  const orders = Array.from({ length: requests }, (_, n) =>
    shop.order('crowd', {
      requestId: `crowd-${n}-${shop.hex(8)}`,
      ...(n % 2 === 0
        ? { context: 'sampled', traceparent: shop.context('01') }
        : { context: 'none' }),
    }),
  );
  await shop.lab.burst(
    shop.api,
    orders.map((order) => shop.placing(order)),
  );
  await shop.stored(orders);
}
