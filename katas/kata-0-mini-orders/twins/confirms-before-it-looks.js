import { confirm, serve } from './twin.mjs';

/** Calls as soon as there is an id, and only then looks at the rest. */
serve({
  async look(order) {
    if (typeof order?.id === 'string') await confirm(order.id);
  },
});
