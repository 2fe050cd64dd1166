// No prefetch: what is in the program counts for no limit of the broker's, and waits there.
import { done, work, workers } from './twin-rabbit.mjs';

let free = workers;
const line = [];
await work({
  prefetch: 0,
  async handle(message, channel) {
    if (free > 0) free -= 1;
    else await new Promise((resolve) => line.push(resolve));
    await done(message, channel);
    if (line.length > 0) line.shift()();
    else free += 1;
  },
});
