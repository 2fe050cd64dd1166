// The money is taken, then it thinks whether it was there, and gives back what was not.
import { balanceOf, balances, done, refused, serve, think } from './twin.mjs';

const add = (account, amount) => {
  balances.set(account, balanceOf(account) + amount);
  return balanceOf(account);
};

serve(async (order) => {
  if (order.kind === 'read') return done(balanceOf(order.account));
  if (order.kind === 'deposit') {
    await think();
    return done(add(order.account, order.amount));
  }
  const after = add(order.account, -order.amount);
  await think();
  if (after >= 0) return done(after);
  return refused(Math.max(0, add(order.account, order.amount)));
});
