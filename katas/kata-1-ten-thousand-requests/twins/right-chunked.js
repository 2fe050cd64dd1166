import { serve, taken, wait } from './twin.mjs';

serve(async (order, response) => {
  await wait();
  const { status, body } = taken(order);
  response.writeHead(status, { 'x-order': order.id });
  const text = JSON.stringify({ note: 'añadido', ...body });
  response.write(text.slice(0, 9));
  await new Promise((resolve) => setImmediate(resolve));
  response.end(text.slice(9));
});
