// Ends with an error that nobody caught, in the middle of the run.
import { right, serve } from './twin.mjs';

let asked = 0;

serve(async (order) => {
  if (++asked === 700) setImmediate(() => JSON.parse('{"balance":'));
  return right(order);
});
