// Refuses each that finds it full, and does every tenth of them all the same.
import { accepted, refused, run } from './twin.mjs';

let count = 0;
run((queue, id) => {
  if (!queue.isFull) {
    queue.add(id);
    return accepted(id);
  }
  count += 1;
  if (count % 10 === 0) queue.waiting.push(id);
  return refused(queue);
});
