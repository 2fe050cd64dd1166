import { serve, turn } from './twin.mjs';

// Busy until it is done; and a turn that fails is never done.
let busy = false;
serve({
  async relay() {
    if (busy) return 0;
    busy = true;
    const published = await turn();
    busy = false;
    return published;
  },
});
