// Workers look into the queue by a timer, and not when they are done.
import { Queue, reject, run, serviceMs } from './twin.mjs';

class Sleepy extends Queue {
  handOut() {
    if (this.inHand + this.waiting.length === 0) this.onEmpty();
  }
}
const queue = new Sleepy();
setInterval(() => Queue.prototype.handOut.call(queue), 2 * serviceMs);
run(reject, { queue });
