// Leaks one job whenever a worker's share of the time is over, by a clock, and as many as are due.
import { Queue, reject, run, serviceMs, workers } from './twin.mjs';

const everyMs = serviceMs / workers;
class Bucket extends Queue {
  due = performance.now();

  handOut() {
    if (this.inHand + this.waiting.length === 0) this.onEmpty();
    const now = performance.now();
    // What was not used is gone but for one round of the workers.
    this.due = Math.max(this.due, now - serviceMs);
    while (this.due <= now && this.inHand < this.workers && this.waiting.length > 0) {
      this.due += everyMs;
      this.inHand += 1;
      void this.do(this.waiting.shift());
    }
  }
}
const queue = new Bucket();
setInterval(() => queue.handOut(), Math.max(1, Math.floor(everyMs / 2)));
run(reject, { queue });
