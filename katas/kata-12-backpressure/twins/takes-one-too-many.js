// Compares with > where it should say >=.
import { Queue, reject, run } from './twin.mjs';

class Generous extends Queue {
  get isFull() {
    return this.waiting.length > this.limit;
  }
}
run(reject, { queue: new Generous() });
