// Everything is right but the answer, which tells the balance from before.
import { done, right, serve, signed } from './twin.mjs';

serve(async (order) => {
  const { status, body } = await right(order);
  return status === 200 ? done(body.balance - signed(order)) : { status, body };
});
