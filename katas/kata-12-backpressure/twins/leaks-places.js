// A permit for each place; every fourth job keeps its own.
import { accepted, call, limit, Queue, refused, run, workers } from './twin.mjs';

let permits = limit + workers;
let count = 0;
async function work(id) {
  await call(id);
  count += 1;
  if (count % 4 !== 0) permits += 1;
}
run(
  (queue, id) => {
    if (permits <= 0) return refused(queue);
    permits -= 1;
    queue.add(id);
    return accepted(id);
  },
  { queue: new Queue({ work }) },
);
