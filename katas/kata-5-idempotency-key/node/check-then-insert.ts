import { inTransaction } from '../../kit/node/postgres.js';
import { charge, findKey, fingerprintOf, replay, type Strategy } from './payments.js';

/**
 * Look whether the key is there; if not, charge and write it down. One after the other this is
 * right, crashes included, because charge and key are one transaction. Two at once both look
 * before either has written, and both charge.
 */
export const checkThenInsert: Strategy = {
  pay: (pool, payment, ttlMs) =>
    inTransaction(pool, 'READ COMMITTED', async (tx) => {
      const stored = await findKey(tx, payment, ttlMs);
      if (stored) return replay(stored, payment);

      const final = await charge(tx, payment);
      await tx.query(
        `INSERT INTO idempotency_keys (client, key, fingerprint, status, body)
         VALUES ($1, $2, $3, $4, $5)`,
        [
          payment.client,
          payment.key,
          fingerprintOf(payment),
          final.status,
          JSON.stringify(final.body),
        ],
      );
      return final;
    }),
};
