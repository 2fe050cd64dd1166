// A body that is not JSON ends it: nobody catches what the parser throws.
import { serve } from './twin.mjs';

serve({ readBody: JSON.parse });
