import { insertEvent, insertOrder, pool, serve } from '../twin.mjs';

serve({
  async place(order) {
    await insertEvent(pool, order);
    await insertOrder(pool, order);
  },
});
