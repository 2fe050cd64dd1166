// Right, and every answer takes a second more.
import { setTimeout as sleep } from 'node:timers/promises';
import { sell, serve } from './twin.mjs';

serve(async (order) => {
  const answer = await sell(order);
  await sleep(1_000);
  return answer;
});
