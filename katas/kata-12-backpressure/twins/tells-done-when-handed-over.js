// Tells that a job is done as soon as a worker has it.
import { Queue, call, reject, run } from './twin.mjs';

const work = (id) => {
  queue.states.set(id, 'done');
  return call(id);
};
const queue = new Queue({ work });
run(reject, { queue });
