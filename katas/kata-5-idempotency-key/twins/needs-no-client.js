// Whoever does not say who pays is somebody all the same.
import { serve } from './twin.mjs';

serve({ clientOf: (header = 'anybody') => header });
