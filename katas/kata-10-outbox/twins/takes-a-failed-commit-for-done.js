import { serve } from './twin.mjs';

// Everything was written, so the rest can only be noise.
serve({
  again: (place, order, send) =>
    place(order, send).catch((error) => process.stderr.write(`${error.message}\n`)),
});
