// Calls once more for every thirtieth job, as a retry without reason would.
import { call, Queue, reject, run } from './twin.mjs';

let count = 0;
async function work(id) {
  await call(id);
  count += 1;
  if (count % 30 === 0) await call(id);
}
run(reject, { queue: new Queue({ work }) });
