/** "Required" means for it that there is something to see. */
import { place, serve } from './twin.mjs';

await serve({
  place: async (order) =>
    [order.id, order.item].some((text) => text.trim() === '')
      ? { status: 400, body: { error: 'blank' } }
      : place(order),
});
