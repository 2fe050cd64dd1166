// Decides in one step after its wait, and tells with a refusal what it had read before it.
import { balanceOf, balances, done, refused, serve, signed, think } from './twin.mjs';

serve(async (order) => {
  const before = balanceOf(order.account);
  if (order.kind !== 'read') await think();
  const after = balanceOf(order.account) + signed(order);
  if (after < 0) return refused(before);
  balances.set(order.account, after);
  return done(after);
});
