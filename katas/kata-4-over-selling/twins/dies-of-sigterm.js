// Sells as it should; nobody handles SIGTERM, so it ends by the signal and not with 0.
import { sell, serve } from './twin.mjs';

serve(sell);
process.removeAllListeners('SIGTERM');
