import { serve, taken, users, wait } from './twin.mjs';

serve(async (order, response, inFlight) => {
  if (inFlight > users * 0.9) response.socket.destroy();
  await wait();
  return taken(order);
});
