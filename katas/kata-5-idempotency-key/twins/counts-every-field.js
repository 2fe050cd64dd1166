/** Whatever else is in the body makes it another payment. */
import { serve } from './twin.mjs';

serve({ fingerprintOf: (payment) => JSON.stringify(Object.entries(payment).sort()) });
