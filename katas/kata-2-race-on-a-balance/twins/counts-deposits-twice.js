// Deposits of 13 are counted twice, as by a retry that should not have been.
import { balanceOf, balances, done, right, serve } from './twin.mjs';

serve(async (order) => {
  const answer = await right(order);
  if (order.kind !== 'deposit' || order.amount !== 13) return answer;
  balances.set(order.account, balanceOf(order.account) + order.amount);
  return done(answer.body.balance);
});
