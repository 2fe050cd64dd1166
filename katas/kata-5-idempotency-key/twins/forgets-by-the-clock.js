/** Remembers keys for a window of the clock: who comes at its end is forgotten at once. */
import { honest, serve } from './twin.mjs';

const windowOf = () => Math.floor(Date.now() / honest.ttlMs);

serve({
  ownerOf: ({ client }) => `${client} in ${windowOf()}`,
});
