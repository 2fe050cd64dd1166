// Looks whether there is a place, awaits something else, and takes the place that others have taken.
import { accepted, refused, run, sleep } from './twin.mjs';

run(async (queue, id) => {
  if (queue.isFull) return refused(queue);
  await sleep(20);
  queue.add(id);
  return accepted(id);
});
