// Every fifth buyer gets 500, before anything is done.
import { sell, serve } from './twin.mjs';

let asked = 0;

serve(async (order) =>
  ++asked % 5 === 0 ? { status: 500, body: { error: 'internal error' } } : sell(order),
);
