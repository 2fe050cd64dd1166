// The unique index makes the others wait; nobody is told 409.
import { charge, honest, otherPayload, pool, serve, transaction } from './twin.mjs';

serve({
  prepare: () =>
    pool.query('CREATE UNIQUE INDEX IF NOT EXISTS k ON idempotency_keys (client, key)'),
  pay: (payment) =>
    transaction(async (tx) => {
      const key = [payment.client, payment.key];
      await tx.query(
        `DELETE FROM idempotency_keys WHERE client = $1 AND key = $2
            AND created_at <= clock_timestamp() - $3 * interval '1 ms'`,
        [...key, honest.ttlMs],
      );
      const mine = await tx.query(
        `INSERT INTO idempotency_keys (client, key, fingerprint) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING`,
        [...key, honest.fingerprintOf(payment)],
      );
      if (mine.rowCount === 0) {
        const { rows } = await tx.query(
          'SELECT * FROM idempotency_keys WHERE client = $1 AND key = $2',
          key,
        );
        return rows[0].fingerprint === honest.fingerprintOf(payment)
          ? honest.replay(rows[0])
          : otherPayload;
      }
      const answer = await charge(tx, payment);
      await tx.query(
        'UPDATE idempotency_keys SET status = $3, body = $4 WHERE client = $1 AND key = $2',
        [...key, answer.status, JSON.stringify(answer.body)],
      );
      return answer;
    }),
});
