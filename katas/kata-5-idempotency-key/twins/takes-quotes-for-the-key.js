// The same key with and without quotes is two keys.
import { serve } from './twin.mjs';

serve({ keyOf: (header) => header });
