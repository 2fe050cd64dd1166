// Takes another order for the same payment where it costs the same.
import { serve } from './twin.mjs';

serve({ fingerprintOf: ({ amount }) => String(amount) });
