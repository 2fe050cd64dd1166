// Locks as it should, and never looks whether there is enough.
import { balanceOf, balances, done, locked, serve, signed, think } from './twin.mjs';

serve((order) =>
  locked(order.account, async () => {
    await think();
    const after = balanceOf(order.account) + signed(order);
    balances.set(order.account, after);
    return done(after);
  }),
);
