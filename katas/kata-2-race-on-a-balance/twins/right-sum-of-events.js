// Right: no balance is kept anywhere. It is the sum of what happened, worked out for each answer.
import { done, refused, serve, signed, think } from './twin.mjs';

const events = [];

serve(async (order) => {
  if (order.kind !== 'read') await think();
  const before = events
    .filter(({ account }) => account === order.account)
    .reduce((sum, event) => sum + signed(event), 0);
  const after = before + signed(order);
  if (after < 0) return refused(before);
  events.push(order);
  return done(after);
});
