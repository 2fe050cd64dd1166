// Promises and stores the receipt, and charges when nobody looks: quick, until it is not true.
import {
  charge,
  declined,
  find,
  honest,
  inProgress,
  otherPayload,
  pool,
  receipt,
  serve,
  store,
  transaction,
} from './twin.mjs';

serve({
  pay: (payment) =>
    transaction(async (tx) => {
      if (!(await honest.lock(tx, payment))) return inProgress;
      const stored = await find(tx, payment);
      if (stored)
        return stored.fingerprint === honest.fingerprintOf(payment)
          ? honest.replay(stored)
          : otherPayload;
      const decline = await declined(tx, payment);
      const { rows } = await tx.query(`SELECT nextval('charges_id_seq')::text AS id`);
      const answer = decline ?? receipt(rows[0].id, payment);
      await store(tx, payment, answer);
      if (!decline) charge(pool, payment, rows[0].id).catch(console.error);
      return answer;
    }),
});
