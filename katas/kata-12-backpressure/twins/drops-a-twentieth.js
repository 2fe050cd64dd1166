// Where the queue is full it makes room by a twentieth of it: of a short one, one.
import { accepted, run } from './twin.mjs';

const some = Math.max(1, Math.floor(Number(process.env.PLAN_LIMIT) / 20));

run((queue, id) => {
  if (queue.isFull) for (let n = 0; n < some; n += 1) queue.dropOldest();
  queue.add(id);
  return accepted(id);
});
