import { send, serve, taken, wait } from './twin.mjs';

// A retry inside the program: the first answer did get through.
serve(async (order, response) => {
  await wait();
  const { socket } = response;
  const reply = taken(order);
  send(response, reply);
  if (!order.id.endsWith('3')) return;
  const text = JSON.stringify(reply.body);
  setTimeout(() => {
    socket.write(`HTTP/1.1 201 Created\r\ncontent-length: ${text.length}\r\n\r\n${text}`);
  }, 40);
});
