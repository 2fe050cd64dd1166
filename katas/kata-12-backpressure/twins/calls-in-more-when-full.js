/** Half of the workers are its core; it calls in the others only while the queue is full. */
import { Queue, reject, run, workers } from './twin.mjs';

const core = Math.ceil(workers / 2);

class Pool extends Queue {
  handOut() {
    this.workers = this.isFull ? workers : core;
    super.handOut();
  }
}

run(reject, { queue: new Pool() });
