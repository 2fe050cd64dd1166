// Accepts a job only once it is done: whoever sent it waits with it.
import { accepted, call, Queue, refused, run } from './twin.mjs';

const told = new Map();
async function work(id) {
  await call(id);
  told.get(id)();
}
run(
  async (queue, id) => {
    if (queue.isFull) return refused(queue);
    const done = new Promise((resolve) => told.set(id, resolve));
    queue.add(id);
    await done;
    return accepted(id);
  },
  { queue: new Queue({ work }) },
);
