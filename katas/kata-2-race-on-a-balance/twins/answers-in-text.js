// Keeps its balances as it should and tells them as texts: {"balance": "105"}.
import { right, serve } from './twin.mjs';

serve(async (order) => {
  const { status, body } = await right(order);
  return { status, body: { ...body, balance: String(body.balance) } };
});
