// "In progress" is committed first, with a time after which somebody else may take over. Whoever
// was taken over finds that the row is no longer its own, and rolls its charge back.
import { randomUUID } from 'node:crypto';
import { charge, honest, inProgress, otherPayload, pool, serve, transaction } from './twin.mjs';

const leaseMs = 700;

serve({
  prepare: () =>
    pool.query(`CREATE UNIQUE INDEX IF NOT EXISTS k ON idempotency_keys (client, key);
      ALTER TABLE idempotency_keys ADD COLUMN IF NOT EXISTS token text;
      ALTER TABLE idempotency_keys ADD COLUMN IF NOT EXISTS leased timestamptz`),
  async pay(payment) {
    const key = [payment.client, payment.key];
    const token = randomUUID();
    const { rows } = await pool.query(
      `INSERT INTO idempotency_keys AS k (client, key, fingerprint, token, leased)
       VALUES ($1, $2, $3, $4, clock_timestamp())
       ON CONFLICT (client, key) DO UPDATE
         SET token = $4, leased = clock_timestamp(),
             status = CASE WHEN k.created_at > clock_timestamp() - $5 * interval '1 ms'
                           THEN k.status END,
             fingerprint = CASE WHEN k.created_at > clock_timestamp() - $5 * interval '1 ms'
                                THEN k.fingerprint ELSE $3 END,
             created_at = CASE WHEN k.created_at > clock_timestamp() - $5 * interval '1 ms'
                               THEN k.created_at ELSE clock_timestamp() END
         WHERE k.created_at <= clock_timestamp() - $5 * interval '1 ms'
            OR (k.status IS NULL AND k.leased <= clock_timestamp() - $6 * interval '1 ms')
       RETURNING fingerprint`,
      [...key, honest.fingerprintOf(payment), token, honest.ttlMs, leaseMs],
    );
    if (rows.length === 0) return known(key, payment);
    if (rows[0].fingerprint !== honest.fingerprintOf(payment)) return otherPayload;
    return transaction(async (tx) => {
      const answer = await charge(tx, payment);
      const kept = await tx.query(
        `UPDATE idempotency_keys SET status = $4, body = $5
          WHERE client = $1 AND key = $2 AND token = $3`,
        [...key, token, answer.status, JSON.stringify(answer.body)],
      );
      if (kept.rowCount === 0) throw new Error('somebody else has taken over');
      return answer;
    });
  },
});

async function known(key, payment) {
  const { rows } = await pool.query(
    'SELECT * FROM idempotency_keys WHERE client = $1 AND key = $2',
    key,
  );
  const [row] = rows;
  if (row.fingerprint !== honest.fingerprintOf(payment)) return otherPayload;
  return row.status === null ? inProgress : honest.replay(row);
}
