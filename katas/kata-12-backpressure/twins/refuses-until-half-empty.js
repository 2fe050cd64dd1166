// Once it was full, it refuses until no more than half of the places are taken.
import { Queue, limit, reject, run } from './twin.mjs';

class Marks extends Queue {
  refuses = false;

  get isFull() {
    this.refuses = this.waiting.length > (this.refuses ? limit / 2 : limit - 1);
    return this.refuses;
  }
}
run(reject, { queue: new Marks() });
