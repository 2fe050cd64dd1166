// Right, and every connection ends with its answer.
import { sell, serve } from './twin.mjs';

serve(sell, { headers: { connection: 'close' } });
