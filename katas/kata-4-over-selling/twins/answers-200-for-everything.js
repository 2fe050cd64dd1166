// Sold or not, the status is 200 and the truth is in the body.
import { sell, serve } from './twin.mjs';

serve(async (order) => {
  const { status, body } = await sell(order);
  return { status: 200, body: { success: status === 201, ...body } };
});
