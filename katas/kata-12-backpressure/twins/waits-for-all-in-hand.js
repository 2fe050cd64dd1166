// Takes as many as there are workers, waits for all of them, and takes the next.
import { Queue, reject, run } from './twin.mjs';

class Batches extends Queue {
  handOut() {
    if (this.inHand === 0) super.handOut();
  }
}
run(reject, { queue: new Batches() });
