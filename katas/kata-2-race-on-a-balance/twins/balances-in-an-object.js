// Balances lie in an object, which has a `constructor` and a `toString` from the start.
import { done, locked, refused, serve, signed, think } from './twin.mjs';

const balances = {};
serve((order) =>
  locked(order.account, async () => {
    const before = balances[order.account] ?? 0;
    if (order.kind !== 'read') await think();
    const after = before + signed(order);
    if (after < 0) return refused(before);
    balances[order.account] = after;
    return done(after);
  }),
);
