/** Its limits count the units of UTF-16, of which some characters take two. */
import { place, serve } from './twin.mjs';

await serve({
  place: async (order) =>
    order.id.length > 300 || order.item.length > 2_000
      ? { status: 400, body: { error: 'too long' } }
      : place(order),
});
