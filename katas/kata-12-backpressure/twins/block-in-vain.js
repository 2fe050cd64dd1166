// Whoever waits is never told that there is a place.
import { accepted, refused, run, sleep, waitMs } from './twin.mjs';

run(async (queue, id) => {
  if (queue.isFull) {
    await sleep(waitMs);
    return refused(queue);
  }
  queue.add(id);
  return accepted(id);
});
