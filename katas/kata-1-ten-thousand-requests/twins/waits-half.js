import { serve, taken } from './twin.mjs';

serve(async (order) => {
  await new Promise((resolve) => setTimeout(resolve, Number(process.env.PLAN_IO_MS) / 2));
  return taken(order);
});
