import { serve, taken, users, wait } from './twin.mjs';

serve(async (order, _response, inFlight) => {
  if (inFlight > users * 0.9) return { status: 503, body: { error: 'busy' } };
  await wait();
  return taken(order);
});
