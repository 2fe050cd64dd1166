// Sells as it should and answers in words instead of JSON.
import { sell, serve } from './twin.mjs';

serve(async (order) => {
  const { status } = await sell(order);
  return { status, body: status === 201 ? 'Congratulations, it is yours!' : 'Come back tomorrow' };
});
