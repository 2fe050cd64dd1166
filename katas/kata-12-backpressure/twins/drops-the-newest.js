// Accepts the one that finds it full, and drops just that one.
import { accepted, run } from './twin.mjs';

run((queue, id) => {
  if (queue.isFull) queue.states.set(id, 'dropped');
  else queue.add(id);
  return accepted(id);
});
