// A queue in the process and one connection: slow, and right as long as there is one process.
import { payWith, serve } from './twin.mjs';

const pay = payWith({ lock: async () => true });
let turn = Promise.resolve();

serve({
  pay(payment) {
    const mine = turn.then(() => pay(payment));
    turn = mine.catch(() => undefined);
    return mine;
  },
});
