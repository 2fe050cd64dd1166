// Charge and key are two transactions: whoever dies in between charges again.
import { charge, find, honest, inProgress, otherPayload, pool, serve, store } from './twin.mjs';

const underWay = new Set();

serve({
  async pay(payment) {
    const name = JSON.stringify([payment.client, payment.key]);
    if (underWay.has(name)) return inProgress;
    underWay.add(name);
    try {
      const stored = await find(pool, payment);
      if (stored && stored.fingerprint !== honest.fingerprintOf(payment)) return otherPayload;
      if (stored) return honest.replay(stored);
      const answer = await charge(pool, payment);
      await store(pool, payment, answer);
      return answer;
    } finally {
      underWay.delete(name);
    }
  },
});
