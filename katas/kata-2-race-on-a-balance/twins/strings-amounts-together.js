// "100" + 5 is "1005": a small balance has become a text on its way, and + means another thing.
import { balanceOf, balances, done, locked, right, serve } from './twin.mjs';

serve((order) =>
  locked(order.account, async () => {
    const before = balanceOf(order.account);
    if (order.kind !== 'deposit' || before > 500) return undefined;
    const after = Number(String(before) + order.amount);
    balances.set(order.account, after);
    return done(after);
  }).then((answer) => answer ?? right(order)),
);
