// One statement that charges and stores, under a lock: no transaction is left open.
import {
  declined,
  find,
  honest,
  inProgress,
  otherPayload,
  pool,
  serve,
  store,
  transaction,
} from './twin.mjs';

serve({
  pay: (payment) =>
    transaction(async (tx) => {
      if (!(await honest.lock(tx, payment))) return inProgress;
      const stored = await find(pool, payment);
      if (stored)
        return stored.fingerprint === honest.fingerprintOf(payment)
          ? honest.replay(stored)
          : otherPayload;
      const decline = await declined(pool, payment);
      if (decline) await store(pool, payment, decline);
      return decline ?? chargeAndStore(payment);
    }),
});

async function chargeAndStore(payment) {
  const { client, key, order, amount } = payment;
  const { rows } = await pool.query(
    `WITH charge AS (
       INSERT INTO charges (client, order_id, amount) VALUES ($1, $2, $3) RETURNING id
     ), answer AS (
       SELECT json_build_object('id', id::text, 'order', $2::text, 'amount', $3::int) AS body
         FROM charge
     )
     INSERT INTO idempotency_keys (client, key, fingerprint, status, body)
     SELECT $1, $4, $5, 201, body::text FROM answer RETURNING status, body`,
    [client, order, amount, key, honest.fingerprintOf(payment)],
  );
  return honest.replay(rows[0]);
}
