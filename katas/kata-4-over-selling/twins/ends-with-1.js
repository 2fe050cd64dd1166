// Sells as it should, hears SIGTERM, and ends with code 1.
import { sell, serve } from './twin.mjs';

serve(sell, { stop: () => process.exit(1) });
