// The amount is looked at within the lock; the way out for what is no amount does not give it back.
import { amountIn, done, balanceOf, serve, unlocked } from './twin.mjs';

const held = new Map();

async function lock(account) {
  while (held.has(account)) await held.get(account).free;
  let unlock;
  const free = new Promise((resolve) => (unlock = resolve));
  held.set(account, { free, unlock });
}

function unlock(account) {
  const { unlock: tell } = held.get(account);
  held.delete(account);
  tell();
}

serve(
  async (order) => {
    if (order.kind === 'read') return done(balanceOf(order.account));
    const answer = await unlocked(order);
    unlock(order.account);
    return answer;
  },
  async (text, account) => {
    await lock(account);
    return amountIn(text);
  },
);
