import { summaryOf, view } from '../../twin.mjs';

/** The list is what it should be; the sum is the one of just now, whatever token comes with it. */
const cache = new Map();

view({
  async summaryOf(customer) {
    const kept = cache.get(customer);
    if (kept !== undefined && performance.now() - kept.at < 600) return kept.sum;
    const sum = await summaryOf(customer);
    cache.set(customer, { sum, at: performance.now() });
    return sum;
  },
});
