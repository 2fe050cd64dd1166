/** Keeps what it is about to answer in memory, a failure too: it has no other answer from then on. */
import { payWith, serve } from './twin.mjs';

const pay = payWith();
const promises = new Map();

serve({
  pay: (payment) => {
    const { client, key, order, amount } = payment;
    const name = JSON.stringify([client, key, order, amount]);
    const mine = promises.get(name) ?? pay(payment);
    promises.set(name, mine);
    return mine;
  },
});
