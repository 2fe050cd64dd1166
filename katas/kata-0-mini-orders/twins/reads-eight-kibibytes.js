/** Two thousand characters are never more than eight kilobytes, or are they? */
import { serve } from './twin.mjs';

const most = 8_192;

await serve({
  async textOf(request) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const bytes = Buffer.concat(parts);
    return bytes.length > most ? '' : bytes.toString('utf8');
  },
});
