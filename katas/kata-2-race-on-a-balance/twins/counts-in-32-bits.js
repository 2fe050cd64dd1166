// Locks as it should, and keeps balances in an array of whole numbers of 32 bits.
import { done, locked, refused, serve, signed, think } from './twin.mjs';

const places = new Map();
const balances = new Int32Array(1_024);

function placeOf(account) {
  if (!places.has(account)) places.set(account, places.size);
  return places.get(account);
}

serve((order) =>
  locked(order.account, async () => {
    const place = placeOf(order.account);
    if (order.kind !== 'read') await think();
    const before = balances[place];
    if (before + signed(order) < 0) return refused(before);
    balances[place] = before + signed(order);
    return done(balances[place]);
  }),
);
