// Keeps one answer a client instead of one a key.
import { find, honest, payWith, pool, serve } from './twin.mjs';

const pay = payWith();
const last = new Map();

serve({
  async pay(payment) {
    const stored = await find(pool, payment);
    if (stored?.fingerprint === honest.fingerprintOf(payment) && last.has(payment.client))
      return last.get(payment.client);
    const answer = await pay(payment);
    if (answer.status === 201) last.set(payment.client, answer);
    return answer;
  },
});
