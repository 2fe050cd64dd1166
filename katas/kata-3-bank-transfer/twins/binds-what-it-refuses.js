// An id belongs to the first transfer that was asked for with it, also where that was refused.
import { serve, transfer } from './twin.mjs';

const first = new Map();

serve(async (wanted) => {
  const { id, from, to, amount } = wanted;
  const print = JSON.stringify([from, to, amount]);
  if (!first.has(id)) first.set(id, print);
  return first.get(id) === print
    ? transfer(wanted)
    : { status: 422, body: { error: 'id-reused', retries: 0 } };
});
