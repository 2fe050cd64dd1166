// Every third purchase is stored, and its buyer is told that the shop gave up.
import { sell, serve } from './twin.mjs';

let sales = 0;

serve(async (order) => {
  const answer = await sell(order);
  return answer.status === 201 && ++sales % 3 === 0
    ? { status: 503, body: { error: 'gave up', retries: 50 } }
    : answer;
});
