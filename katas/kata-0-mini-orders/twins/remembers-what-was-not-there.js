import { find, serve } from './twin.mjs';

/** A miss is kept for a minute, and nobody tells this process what the other has stored. */
const missing = new Map();

serve({
  async find(id) {
    if (missing.get(id) > Date.now()) return undefined;
    const order = await find(id);
    if (!order) missing.set(id, Date.now() + 60_000);
    return order;
  },
});
