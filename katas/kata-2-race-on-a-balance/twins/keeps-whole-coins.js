// Keeps balances in coins of a hundred as fractions, and cuts off what is left when it tells them.
import { locked, done, refused, serve, signed, think } from './twin.mjs';

const coins = new Map();
const coinsOf = (account) => coins.get(account) ?? 0;
const told = (account) => Math.trunc(coinsOf(account) * 100);

serve((order) =>
  locked(order.account, async () => {
    const { account } = order;
    if (order.kind !== 'read') await think();
    const after = coinsOf(account) + signed(order) / 100;
    if (after < 0) return refused(told(account));
    coins.set(account, after);
    return done(told(account));
  }),
);
