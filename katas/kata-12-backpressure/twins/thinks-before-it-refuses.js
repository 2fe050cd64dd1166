// Hopes for a place for a while, where it should say no at once.
import { accepted, refused, run, sleep } from './twin.mjs';

run(async (queue, id) => {
  if (queue.isFull) {
    await sleep(250);
    return refused(queue);
  }
  queue.add(id);
  return accepted(id);
});
