import { serve, take } from './twin.mjs';

serve({
  async place(order, answer) {
    answer(201);
    await take(order);
  },
});
