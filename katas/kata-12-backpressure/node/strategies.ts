import type { Reply } from '../../kit/node/serve.js';
import { accepted, refused, type JobQueue } from './queue.js';

/** Answers for one job. */
export type Strategy = (queue: JobQueue, id: string) => Reply | Promise<Reply>;

/** The queue grows for as long as more comes than is done; everybody waits in it. */
const unbounded: Strategy = (queue, id) => {
  queue.add(id);
  return accepted(id);
};

const reject: Strategy = (queue, id) => {
  if (queue.isFull) return refused(queue);
  queue.add(id);
  return accepted(id);
};

/**
 * The client waits in place of its job. A place that becomes free is handed to the one who has waited
 * longest, and it takes it in the same turn of the event loop or a later one: whoever comes in between
 * finds the queue with a place, and those who wait must not find it taken.
 */
const block: Strategy = async (queue, id) => {
  const until = performance.now() + queue.options.waitMs;
  while (queue.isFull) {
    const leftMs = until - performance.now();
    if (leftMs <= 0 || !(await queue.place(leftMs))) return refused(queue);
  }
  queue.add(id);
  return accepted(id);
};

/** For jobs that age: the newest is worth more than the one that has waited longest. */
const dropOldest: Strategy = (queue, id) => {
  if (queue.isFull) queue.dropOldest();
  queue.add(id);
  return accepted(id);
};

export const strategies = new Map<string, Strategy>(
  Object.entries({ unbounded, reject, block, 'drop-oldest': dropOldest }),
);
