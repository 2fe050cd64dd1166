// The purchase is stored, and its buyer is told "sold out".
import { sell, serve, soldOut } from './twin.mjs';

serve(async (order) => {
  await sell(order);
  return soldOut();
});
