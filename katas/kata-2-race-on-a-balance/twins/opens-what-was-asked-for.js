// Whoever asks for an account that is not there opens it, once it has been looked up, with 0.
import { balances, done, right, serve, think } from './twin.mjs';

serve(async (order) => {
  const { account, kind } = order;
  if (kind !== 'read') return right(order);
  if (!balances.has(account)) {
    await think();
    balances.set(account, 0);
  }
  return done(balances.get(account));
});
