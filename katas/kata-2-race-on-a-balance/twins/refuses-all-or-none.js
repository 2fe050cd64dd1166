// What came while it was thinking is settled together, and where that is too much nobody is paid.
import { balanceOf, balances, done, refused, serve, signed, think } from './twin.mjs';

const inboxes = new Map();

async function settle(account) {
  const inbox = inboxes.get(account);
  while (inbox.length > 0) {
    await think();
    const orders = inbox.splice(0);
    const wanted = orders.reduce((sum, { order }) => sum + signed(order), 0);
    const before = balanceOf(account);
    const isEnough = before + wanted >= 0;
    for (const { order, tell } of orders) {
      if (!isEnough && order.kind === 'withdrawal') tell(refused(before));
      else {
        balances.set(account, balanceOf(account) + signed(order));
        tell(done(balanceOf(account)));
      }
    }
  }
  inboxes.delete(account);
}

serve((order) => {
  if (order.kind === 'read') return done(balanceOf(order.account));
  return new Promise((tell) => {
    const isNew = !inboxes.has(order.account);
    if (isNew) inboxes.set(order.account, []);
    inboxes.get(order.account).push({ order, tell });
    if (isNew) void settle(order.account);
  });
});
