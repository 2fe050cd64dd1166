/** Whatever PostgreSQL can read as a number is one: "2" too. */
import { sell, serve } from './twin.mjs';

serve((order) => sell({ ...order, quantity: Number(order.quantity) }), {
  isOrder: ({ quantity }) => Number(quantity) >= 1,
});
