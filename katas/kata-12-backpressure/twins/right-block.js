// Asks again every few milliseconds whether there is a place, until the time is over.
import { accepted, refused, run, sleep, waitMs } from './twin.mjs';

run(async (queue, id) => {
  const until = performance.now() + waitMs;
  while (queue.isFull) {
    if (performance.now() >= until) return refused(queue);
    await sleep(5);
  }
  queue.add(id);
  return accepted(id);
});
