// Looks the key up without asking whose it is.
import { serve } from './twin.mjs';

serve({ ownerOf: () => 'everybody' });
