// Any payment under a known key gets the stored answer.
import { serve } from './twin.mjs';

serve({ fingerprintOf: () => 'all the same' });
