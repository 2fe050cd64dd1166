// A stack in place of a queue.
import { Queue, reject, run } from './twin.mjs';

run(reject, { queue: new Queue({ next: (waiting) => waiting.pop() }) });
