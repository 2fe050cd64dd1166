import { serve, taken, users, wait } from './twin.mjs';

serve(async (order, _response, inFlight) => {
  // Two that wait for each other: nobody is served any more, and nobody is told.
  if (inFlight > users * 0.9) await new Promise(() => undefined);
  await wait();
  return taken(order);
});
