// Retry-After: 1, whatever a job takes.
import { accepted, refused, run } from './twin.mjs';

run((queue, id) => {
  if (queue.isFull) return refused(queue, 1);
  queue.add(id);
  return accepted(id);
});
