import { ordersOf, view } from '../../twin.mjs';

/** Who comes with a token is shown what there is; who comes without one, what there was just now. */
const cache = new Map();

view({
  async ordersOf(customer, { token }) {
    if (token !== undefined) return ordersOf(customer);
    const kept = cache.get(customer);
    if (kept !== undefined && performance.now() - kept.at < 250) return kept.orders;
    const orders = await ordersOf(customer);
    cache.set(customer, { orders, at: performance.now() });
    return orders;
  },
});
