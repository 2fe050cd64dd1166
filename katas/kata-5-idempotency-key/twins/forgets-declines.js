// Stores what went well only: a declined payment is tried again under the same key.
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

serve({
  pay: (payment) =>
    transaction(async (client) => {
      if (!(await honest.lock(client, payment))) return inProgress;
      const stored = await find(client, payment);
      if (stored)
        return stored.fingerprint === honest.fingerprintOf(payment)
          ? honest.replay(stored)
          : otherPayload;
      const answer = await charge(client, payment);
      if (answer.status === 201) await store(client, payment, answer);
      return answer;
    }),
});
