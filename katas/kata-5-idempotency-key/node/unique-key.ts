import { inTransaction } from '../../kit/node/postgres.js';
import { charge, claim, findKey, fingerprintOf, oneRowAKey, type Strategy } from './payments.js';

/**
 * The key first, under a unique index, then the charge, in one transaction: nobody pays twice. But
 * what the first request was told is not kept. Whoever lost that answer, which is why clients ask
 * again, hears that the key was used, and never what became of the payment.
 */
export const uniqueKey: Strategy = {
  prepare: oneRowAKey,
  pay: (pool, payment, ttlMs) =>
    inTransaction(pool, 'READ COMMITTED', async (tx) => {
      if (await claim(tx, payment, ttlMs)) return charge(tx, payment);
      const stored = await findKey(tx, payment, ttlMs);
      const isOther = stored && stored.fingerprint !== fingerprintOf(payment);
      return isOther ? 'other-payload' : 'already-used';
    }),
};
