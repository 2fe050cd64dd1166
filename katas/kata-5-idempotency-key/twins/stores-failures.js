// Remembers also that it could not: the payment fails for ever.
import { pool, problem, serve, store } from './twin.mjs';

serve({
  async failed(payment) {
    const answer = problem(500, 'It did not work');
    await store(pool, payment, answer);
    return answer;
  },
});
