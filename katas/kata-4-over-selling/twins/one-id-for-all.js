// Every buyer is told the id of the first purchase.
import { sell, serve } from './twin.mjs';

let first;

serve(async (order) => {
  const { status, body } = await sell(order);
  first ??= body.id;
  return { status, body: { ...body, id: first } };
});
