/** Whatever was answered: above the limit of today it says declined, also to what was paid long ago. */
import { declined, payWith, pool, serve } from './twin.mjs';

const pay = payWith();

serve({
  pay: async (payment) => {
    const answer = await pay(payment);
    return (await declined(pool, payment)) ?? answer;
  },
});
