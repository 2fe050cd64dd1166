// Keeps the first hundred characters of a key.
import { honest, serve } from './twin.mjs';

serve({ keyOf: (header) => honest.keyOf(header)?.slice(0, 100) });
