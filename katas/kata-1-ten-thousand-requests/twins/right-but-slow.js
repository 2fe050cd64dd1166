import { serve, taken, wait } from './twin.mjs';

serve(async (order) => {
  for (let n = 0; n < 4; n += 1) await wait();
  return taken(order);
});
