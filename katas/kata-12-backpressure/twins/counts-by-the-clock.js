// Reckons how many are done by now, and does not count the way to the service and back.
import { Queue, limit, reject, run, serviceMs, workers } from './twin.mjs';

class Clock extends Queue {
  held = 0;
  at = performance.now();

  get isFull() {
    const now = performance.now();
    this.held = Math.max(0, this.held - ((now - this.at) * workers) / serviceMs);
    this.at = now;
    return this.held > limit + workers - 1;
  }

  add(id) {
    this.held += 1;
    super.add(id);
  }
}
run(reject, { queue: new Clock() });
