// Looks for the account, asks who may open it, and opens it: who came meanwhile is forgotten.
import { done, refused, serve, signed, think } from './twin.mjs';

const accounts = new Map();

async function accountOf(name) {
  if (!accounts.has(name)) {
    await think();
    accounts.set(name, { balance: 0, last: Promise.resolve() });
  }
  return accounts.get(name);
}

serve(async (order) => {
  if (order.kind === 'read') return done(accounts.get(order.account)?.balance ?? 0);
  const account = await accountOf(order.account);
  const mine = account.last.then(async () => {
    await think();
    const after = account.balance + signed(order);
    if (after < 0) return refused(account.balance);
    account.balance = after;
    return done(after);
  });
  account.last = mine;
  return mine;
});
