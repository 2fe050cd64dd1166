// Says 202 to each, and loses every fiftieth.
import { accepted, refused, run } from './twin.mjs';

let count = 0;
run((queue, id) => {
  if (queue.isFull) return refused(queue);
  count += 1;
  if (count % 50 === 0) queue.states.set(id, 'waiting');
  else queue.add(id);
  return accepted(id);
});
