import { serve, taken, wait } from './twin.mjs';

// Belongs to one request, and is where all can reach it.
let order;

serve(async (placed) => {
  order = placed;
  await wait();
  return taken(order);
});
