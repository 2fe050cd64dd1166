// Right: thinks on what it read, and writes only if nobody has written since; or else once more.
import { balanceOf, balances, done, refused, serve, signed, think } from './twin.mjs';

const versions = new Map();

serve(async (order) => {
  const { account } = order;
  for (;;) {
    const version = versions.get(account);
    const before = balanceOf(account);
    if (order.kind === 'read') return done(before);
    await think();
    if (versions.get(account) !== version) continue;
    const after = before + signed(order);
    if (after < 0) return refused(before);
    balances.set(account, after);
    versions.set(account, (version ?? 0) + 1);
    return done(after);
  }
});
