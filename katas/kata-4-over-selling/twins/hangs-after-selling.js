// Every third sale is done and stored, and its buyer never hears of it.
import { sell, serve } from './twin.mjs';

let sales = 0;

serve(async (order) => {
  const answer = await sell(order);
  return answer.status === 201 && ++sales % 3 === 0 ? undefined : answer;
});
