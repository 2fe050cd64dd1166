// Right, and says more than it was asked for: chunks, headers, fields, and an id that is a number.
import { sell, serve } from './twin.mjs';

serve(async (order, response) => {
  const { status, body } = await sell(order);
  response.writeHead(status, {
    'Content-Type': 'application/vnd.shop+json; charset=utf-8',
    'Set-Cookie': ['basket=1', 'seen=yes'],
    'X-Thanks': encodeURIComponent(order.buyer),
  });
  const more = { shop: 'La Única', ...body, ...(body.id && { id: Number(body.id) }) };
  const text = JSON.stringify(more, undefined, 2);
  response.write(text.slice(0, 9));
  setTimeout(() => response.end(text.slice(9)), 2);
});
