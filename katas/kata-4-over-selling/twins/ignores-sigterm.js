// Sells as it should and does not stop when it is told to.
import { sell, serve } from './twin.mjs';

serve(sell, { stop: () => undefined });
