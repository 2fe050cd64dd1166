import { insertEvent, insertOrder, pool, serve } from './twin.mjs';

// Two transactions are two writes, also in one database.
serve({
  async place(order) {
    if (await insertOrder(pool, order)) await insertEvent(pool, order);
  },
});
