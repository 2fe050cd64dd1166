import { gateway } from './twin.mjs';

// Has a time of its own, of which its clients know nothing.
gateway({
  call: (make) => {
    const early = new Promise((resolve) => setTimeout(resolve, 90, 'late'));
    return Promise.race([make(), early]);
  },
});
