// Whoever waits for a place waits until there is one.
import { accepted, Queue, run } from './twin.mjs';

const queue = new Queue();
const hopeful = [];
queue.onTaken = () => hopeful.shift()?.();
run(
  async (_, id) => {
    while (queue.isFull) await new Promise((resolve) => hopeful.push(resolve));
    queue.add(id);
    return accepted(id);
  },
  { queue },
);
