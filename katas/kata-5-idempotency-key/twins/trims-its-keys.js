/** Takes spaces away that are part of the key, in its quotes. */
import { honest, serve } from './twin.mjs';

serve({ keyOf: (header) => honest.keyOf(header)?.trim() });
