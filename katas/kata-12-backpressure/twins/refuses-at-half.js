// A place of its own for only half of those that may wait.
import { limit, Queue, reject, run, workers } from './twin.mjs';

run(reject, { queue: new Queue({ limit: Math.floor((limit - workers) / 2) }) });
