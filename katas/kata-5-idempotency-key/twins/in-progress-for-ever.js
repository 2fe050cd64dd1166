// Writes "in progress" first, in a transaction of its own, and takes it away when the charge fails.
// Nobody takes it away when the program is killed.
import {
  charge,
  find,
  honest,
  inProgress,
  otherPayload,
  pool,
  serve,
  transaction,
} from './twin.mjs';

serve({
  prepare: () =>
    pool.query('CREATE UNIQUE INDEX IF NOT EXISTS k ON idempotency_keys (client, key)'),
  async pay(payment) {
    const { client, key } = payment;
    const claimed = await pool.query(
      `INSERT INTO idempotency_keys AS k (client, key, fingerprint) VALUES ($1, $2, $3)
       ON CONFLICT (client, key) DO UPDATE SET status = NULL, created_at = excluded.created_at
         WHERE k.created_at <= clock_timestamp() - $4 * interval '1 ms'`,
      [client, key, honest.fingerprintOf(payment), honest.ttlMs],
    );
    if (claimed.rowCount === 0) {
      const stored = await find(pool, payment);
      if (stored?.fingerprint !== honest.fingerprintOf(payment)) return otherPayload;
      return stored.status === null ? inProgress : honest.replay(stored);
    }
    return transaction(async (tx) => {
      const answer = await charge(tx, payment);
      await tx.query(
        'UPDATE idempotency_keys SET status = $3, body = $4 WHERE client = $1 AND key = $2',
        [client, key, answer.status, JSON.stringify(answer.body)],
      );
      return answer;
    });
  },
  failed: async ({ client, key }) => {
    await pool.query('DELETE FROM idempotency_keys WHERE client = $1 AND key = $2', [client, key]);
  },
});
