// Where the queue is full it makes room for three, so that not each that comes has to.
import { accepted, run } from './twin.mjs';

run((queue, id) => {
  if (queue.isFull) for (let n = 0; n < 3; n += 1) queue.dropOldest();
  queue.add(id);
  return accepted(id);
});
