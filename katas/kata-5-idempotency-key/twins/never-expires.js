// Remembers every key for ever.
import { serve } from './twin.mjs';

serve({ ttlMs: 1e12 });
