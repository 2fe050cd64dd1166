/** Wants a reserve of two units beside what is asked for: nobody gets the last of several. */
import { read, sell, serve, soldOut, transaction } from './twin.mjs';

serve(async (order) => {
  if (order.quantity === 1) return sell(order);
  const stock = await transaction((client) => read(client, order));
  return stock < order.quantity + 2 ? soldOut(stock) : sell(order);
});
