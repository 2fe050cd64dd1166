// Stores the answer first and charges afterwards: what it promised, a crash in between takes away.
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
  async pay(payment) {
    const promised = await transaction(async (tx) => {
      if (!(await honest.lock(tx, payment))) return { answer: inProgress };
      const stored = await find(tx, payment);
      if (stored && stored.fingerprint !== honest.fingerprintOf(payment))
        return { answer: otherPayload };
      if (stored) return { answer: honest.replay(stored) };
      const decline = await declined(tx, payment);
      const ids = await tx.query(`SELECT nextval('charges_id_seq')::text AS id`);
      const { id } = ids.rows[0];
      const answer = decline ?? receipt(id, payment);
      await store(tx, payment, answer);
      return { answer, id: decline ? undefined : id };
    });
    if (promised.id) await charge(pool, payment, promised.id);
    return promised.answer;
  },
  failed: async ({ client, key }) => {
    await pool.query('DELETE FROM idempotency_keys WHERE client = $1 AND key = $2', [client, key]);
  },
});
