// Ends with code 0 and without a word in the middle of the run: no crash, and still not allowed.
import { sell, serve } from './twin.mjs';

let asked = 0;

serve(async (order) => {
  if (++asked === 12) process.exit(0);
  return sell(order);
});
