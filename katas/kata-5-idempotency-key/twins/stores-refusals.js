// Remembers also what was no payment: the mended request with the same key is refused as well.
import { find, honest, payWith, pool, problem, serve, store } from './twin.mjs';

const pay = payWith();

serve({
  async refused(payment) {
    const answer = problem(400, 'No payment');
    await store(pool, payment, answer);
    return answer;
  },
  async pay(payment) {
    const stored = await find(pool, payment);
    return stored?.status === 400 ? honest.replay(stored) : pay(payment);
  },
});
