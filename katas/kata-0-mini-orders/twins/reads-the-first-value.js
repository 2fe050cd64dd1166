/** Reads as a stream decoder does: one value, whatever comes after it. */
import { serve, textOf } from './twin.mjs';

await serve({
  async textOf(request) {
    const text = await textOf(request);
    return text.replace(/(?<="\}).*$/s, '');
  },
});
