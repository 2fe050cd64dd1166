// Twice as many in hand as there are workers, and fewer waiting for it: in all they are as many.
import { limit, Queue, reject, run, workers } from './twin.mjs';

run(reject, { queue: new Queue({ workers: 2 * workers, limit: limit - workers }) });
