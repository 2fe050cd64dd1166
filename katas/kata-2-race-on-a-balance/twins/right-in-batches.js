// Right: orders are collected, and every few milliseconds all of them are settled, thinking once.
// Those of one batch are settled backwards: any order is right for those under way at once.
import { balanceOf, balances, done, refused, serve, signed, think } from './twin.mjs';

let batch = [];

serve(
  (order) =>
    new Promise((answer) => {
      batch.push({ order, answer });
      if (batch.length === 1) setTimeout(settle, 3);
    }),
);

async function settle() {
  await think();
  const settled = batch.reverse();
  batch = [];
  for (const { order, answer } of settled) {
    const after = balanceOf(order.account) + signed(order);
    if (after >= 0) balances.set(order.account, after);
    answer(after < 0 ? refused(balanceOf(order.account)) : done(after));
  }
}
