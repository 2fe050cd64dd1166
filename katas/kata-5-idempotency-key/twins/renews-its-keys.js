/** A key lives on with each request for it. */
import { honest, pool, serve } from './twin.mjs';

serve({
  lock: async (client, payment) => {
    const mine = await honest.lock(client, payment);
    const sql = `UPDATE idempotency_keys SET created_at = clock_timestamp()
      WHERE client = $1 AND key = $2 AND created_at > clock_timestamp() - $3 * interval '1 ms'`;
    if (mine) await pool.query(sql, [payment.client, payment.key, honest.ttlMs]);
    return mine;
  },
});
