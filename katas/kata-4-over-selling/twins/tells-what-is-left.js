/** Answers with the stock after the purchase, as RETURNING gives it. */
import { sell, serve } from './twin.mjs';

serve(async (order) => {
  const answer = await sell(order);
  if (answer.status === 201) answer.body.stock -= order.quantity;
  return answer;
});
