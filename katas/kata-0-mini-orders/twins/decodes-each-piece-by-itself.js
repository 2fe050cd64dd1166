import { serve } from './twin.mjs';

/** A character of which one byte comes later is none yet. */
serve({
  async textOf(request) {
    let text = '';
    for await (const part of request) text += part.toString('utf8');
    return text;
  },
});
