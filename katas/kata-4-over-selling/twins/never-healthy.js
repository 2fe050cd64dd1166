// Works, but is never ready: GET /health answers 503.
import { sell, serve } from './twin.mjs';

serve(sell, { health: () => 503 });
