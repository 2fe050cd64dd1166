import { serve, taken, wait } from './twin.mjs';

let count = 0;

serve(async (order) => {
  await wait();
  count += 1;
  return count % 100 === 0 ? undefined : taken(order);
});
