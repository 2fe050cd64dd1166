// Drops the oldest, and goes on saying that it waits.
import { accepted, run } from './twin.mjs';

run((queue, id) => {
  if (queue.isFull) queue.waiting.shift();
  queue.add(id);
  return accepted(id);
});
