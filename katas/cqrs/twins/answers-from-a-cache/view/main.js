import { ordersOf, view } from '../../twin.mjs';

/** Every second answer is up to two seconds old; whoever had the other one before sees less. */
const cache = new Map();
let asked = 0;

view({
  async ordersOf(customer, { token }) {
    asked += 1;
    const kept = cache.get(customer);
    const isGood = kept !== undefined && performance.now() - kept.at < 2_000;
    if (token === undefined && isGood && asked % 2 === 0) return kept.orders;
    const orders = await ordersOf(customer);
    if (!isGood) cache.set(customer, { orders, at: performance.now() });
    return orders;
  },
});
