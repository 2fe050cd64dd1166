/** Keys that look like a UUID are read as one: capitals make no difference. */
import { honest, serve } from './twin.mjs';

serve({
  keyOf: (header) => {
    const key = honest.keyOf(header);
    return /^[\da-f-]{36}$/i.test(key ?? '') ? key.toLowerCase() : key;
  },
});
