import { serve, taken, users, wait } from './twin.mjs';

let open = 0;

serve(async (order) => {
  await wait();
  return taken(order);
}).on('connection', (socket) => {
  open += 1;
  socket.on('close', () => (open -= 1));
  if (open > users * 0.9) throw new Error('EMFILE: too many open files');
});
