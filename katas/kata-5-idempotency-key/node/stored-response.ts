import { inTransaction, type Transaction } from '../../kit/node/postgres.js';
import {
  charge,
  claim,
  findKey,
  oneRowAKey,
  replay,
  type Payment,
  type Strategy,
} from './payments.js';

/**
 * Key, charge and answer are one transaction: after a crash either all three are there or none is,
 * so the retry is either told what was stored or does the work that never happened.
 */
export const storedResponse: Strategy = {
  prepare: oneRowAKey,
  pay: (pool, payment, ttlMs) =>
    inTransaction(pool, 'READ COMMITTED', async (tx) => {
      if (!(await lock(tx, payment))) return 'in-progress';
      if (await claim(tx, payment, ttlMs)) {
        const final = await charge(tx, payment);
        await tx.query(
          'UPDATE idempotency_keys SET status = $3, body = $4 WHERE client = $1 AND key = $2',
          [payment.client, payment.key, final.status, JSON.stringify(final.body)],
        );
        return final;
      }
      const stored = await findKey(tx, payment, ttlMs);
      // Expired between the two statements: the next request finds a new key.
      return stored ? replay(stored, payment) : 'in-progress';
    }),
};

/**
 * The unique index would make a second request wait for the first; with this lock it learns at
 * once that the first is still at work. PostgreSQL lets go of it when the transaction ends, also
 * when its client has crashed: nobody is told "in progress" about a dead request.
 */
async function lock(tx: Transaction, { client, key }: Payment): Promise<boolean> {
  const { rows } = await tx.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
    [JSON.stringify([client, key])],
  );
  return rows[0]?.locked === true;
}
