/** A client that has gone away has heard nothing, so its key is free again; its charge is not. */
import { payWith, pool, serve } from './twin.mjs';

const pay = payWith();

serve({
  pay: async (payment, response) => {
    const answer = await pay(payment);
    if (response.destroyed)
      await pool.query('DELETE FROM idempotency_keys WHERE client = $1 AND key = $2', [
        payment.client,
        payment.key,
      ]);
    return answer;
  },
});
