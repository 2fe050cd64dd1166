// Retry-After: 3600, to be on the safe side.
import { accepted, refused, run } from './twin.mjs';

run((queue, id) => {
  if (queue.isFull) return refused(queue, 3600);
  queue.add(id);
  return accepted(id);
});
