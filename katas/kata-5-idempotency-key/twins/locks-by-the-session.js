// The lock is one of the session, and only a charge lets it go.
import {
  charge,
  find,
  honest,
  inProgress,
  otherPayload,
  serve,
  store,
  transaction,
} from './twin.mjs';

const lockOf = ({ client, key }) => [`${client} ${key}`];

await serve({
  pay: (payment) =>
    transaction(async (client) => {
      const { rows } = await client.query(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 7)) AS mine',
        lockOf(payment),
      );
      if (!rows[0].mine) return inProgress;
      const stored = await find(client, payment);
      if (stored)
        return stored.fingerprint === honest.fingerprintOf(payment)
          ? honest.replay(stored)
          : otherPayload;
      const answer = await charge(client, payment);
      await store(client, payment, answer);
      await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 7))', lockOf(payment));
      return answer;
    }),
});
