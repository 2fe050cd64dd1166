/** Whoever bought of a sku before is answered with that purchase, as if it were a double click. */
import { sell, serve } from './twin.mjs';

const bought = new Map();

serve(async (order) => {
  const key = JSON.stringify([order.buyer, order.sku]);
  const answer = bought.get(key) ?? (await sell(order));
  if (answer.status === 201) bought.set(key, answer);
  return answer;
});
