// 201 without the id of the purchase.
import { sell, serve } from './twin.mjs';

serve(async (order) => {
  const { status, body } = await sell(order);
  return { status, body: { stock: body.stock, retries: 0 } };
});
