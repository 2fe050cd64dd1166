// Sells as it should and sends every answer twice.
import { sell, serve } from './twin.mjs';

serve(async (order, response) => {
  const { status, body } = await sell(order);
  const text = JSON.stringify(body);
  const once = `HTTP/1.1 ${status} Answered\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
  response.socket.write(once + once);
});
