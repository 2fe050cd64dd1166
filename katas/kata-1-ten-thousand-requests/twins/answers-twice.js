import { send, serve, taken, wait } from './twin.mjs';

serve(async (order, response) => {
  await wait();
  const { socket } = response;
  send(response, taken(order));
  if (order.id.endsWith('7')) socket.write('HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n{}');
});
