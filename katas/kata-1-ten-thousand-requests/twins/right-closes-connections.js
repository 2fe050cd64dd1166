import { serve, taken, wait } from './twin.mjs';

serve(async (order) => {
  await wait();
  return { ...taken(order), headers: { connection: 'close' } };
});
