// One withdrawal in ten is acknowledged and never taken.
import { balanceOf, done, locked, refused, right, serve } from './twin.mjs';

let withdrawals = 0;

serve((order) => {
  if (order.kind !== 'withdrawal' || ++withdrawals % 10 !== 0) return right(order);
  return locked(order.account, async () => {
    const after = balanceOf(order.account) - order.amount;
    return after < 0 ? refused(balanceOf(order.account)) : done(after);
  });
});
