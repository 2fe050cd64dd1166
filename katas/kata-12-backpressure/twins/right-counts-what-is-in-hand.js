// Lets no more than the limit be accepted and not done, those in hand included.
import { limit, Queue, reject, run } from './twin.mjs';

class Careful extends Queue {
  get isFull() {
    return this.waiting.length + this.inHand >= limit;
  }
}
run(reject, { queue: new Careful() });
