// Takes a payment that is written with other spaces, or in another order, for another payment.
import { honest, serve } from './twin.mjs';

serve({
  readBody: (text) => ({ ...honest.readBody(text), text }),
  fingerprintOf: ({ text }) => text,
});
