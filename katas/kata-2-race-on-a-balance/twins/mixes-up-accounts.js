// The account under way is in a variable of the module: after the await it is somebody else's.
import { balanceOf, balances, done, refused, serve, signed, think } from './twin.mjs';

let account;

serve(async (order) => {
  account = order.account;
  if (order.kind !== 'read') await think();
  const after = balanceOf(account) + signed(order);
  if (after < 0) return refused(balanceOf(account));
  balances.set(account, after);
  return done(after);
});
