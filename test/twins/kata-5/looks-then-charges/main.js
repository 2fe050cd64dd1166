// Nobody holds anything while it looks: two at once both charge.
import { serve } from '../twin.mjs';

serve({ lock: async () => true });
