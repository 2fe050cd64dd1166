// Sells as it should; of every answer only the first half arrives before the connection ends.
import { sell, serve } from './twin.mjs';

serve(async (order, response) => {
  const { status, body } = await sell(order);
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-length': text.length });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
});
