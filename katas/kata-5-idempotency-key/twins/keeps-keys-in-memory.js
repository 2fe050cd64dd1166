// Right in every way until the process ends: then it knows no key any more.
import { charge, otherPayload, serve, transaction, ttlMs } from './twin.mjs';

const kept = new Map();

serve({
  async pay(payment) {
    const { client, key, order, amount } = payment;
    const name = JSON.stringify([client, key]);
    const known = kept.get(name);
    if (known && Date.now() - known.at < ttlMs)
      return known.payload === `${order} ${amount}` ? known.answer : otherPayload;
    const answer = transaction((tx) => charge(tx, payment));
    kept.set(name, { payload: `${order} ${amount}`, at: Date.now(), answer });
    answer.catch(() => kept.delete(name));
    return answer;
  },
});
