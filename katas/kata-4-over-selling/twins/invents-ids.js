// The purchase is stored; the buyer is told another id.
import { sell, serve } from './twin.mjs';

serve(async (order) => {
  const { status, body } = await sell(order);
  return { status, body: { ...body, id: `${body.id}000` } };
});
