// Ends in the middle of the run, as after an exception that nobody catches.
import { sell, serve } from './twin.mjs';

let sales = 0;

serve(async (order) => {
  const answer = await sell(order);
  if (answer.status === 201 && ++sales === 5) throw new Error('the shop is on fire');
  return answer;
});
