// Once a queue that was full is empty it is careful, and waits a while before each call, for ever.
import { call, Queue, run, reject, sleep } from './twin.mjs';

let [wasFull, isCareful] = [false, false];
class Tired extends Queue {
  add(id) {
    super.add(id);
    wasFull ||= this.isFull;
  }
}
async function work(id) {
  isCareful ||= wasFull && queue.waiting.length === 0;
  if (isCareful) await sleep(120);
  await call(id);
}
const queue = new Tired({ work });
run(reject, { queue });
