import type { Strategy } from './orders.js';

/**
 * The wait holds the thread: `fs.readFileSync`, a synchronous driver, `Atomics.wait`. The processor
 * has nothing to do, and yet nobody else is served: with one thread, ten thousand requests that
 * wait 100 ms each take sixteen minutes.
 */
export const blocking: Strategy = ({ ioMs, serve }) => {
  const nobodyWakesIt = new Int32Array(new SharedArrayBuffer(4));
  serve(() => {
    Atomics.wait(nobodyWakesIt, 0, 0, ioMs);
    return Promise.resolve();
  });
};
