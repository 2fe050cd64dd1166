// An expired key gets its new answer, and keeps the time at which it first came.
import {
  charge,
  find,
  inProgress,
  honest,
  otherPayload,
  serve,
  store,
  transaction,
} from './twin.mjs';

await serve({
  pay: (payment) =>
    transaction(async (client) => {
      if (!(await honest.lock(client, payment))) return inProgress;
      const stored = await find(client, payment);
      if (stored)
        return stored.fingerprint === honest.fingerprintOf(payment)
          ? honest.replay(stored)
          : otherPayload;
      const answer = await charge(client, payment);
      const { rowCount } = await client.query(
        `UPDATE idempotency_keys SET status = $3, body = $4 WHERE client = $1 AND key = $2`,
        [payment.client, payment.key, answer.status, JSON.stringify(answer.body)],
      );
      if (rowCount === 0) await store(client, payment, answer);
      return answer;
    }),
});
