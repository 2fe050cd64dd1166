// Answers at once and writes a little later: whoever comes in between decides on what is old.
import { balanceOf, balances, done, refused, serve, signed } from './twin.mjs';

serve(async (order) => {
  const { account } = order;
  const after = balanceOf(account) + signed(order);
  if (order.kind === 'withdrawal' && after < 0) return refused(balanceOf(account));
  setTimeout(() => balances.set(account, balanceOf(account) + signed(order)), 20);
  return done(after);
});
