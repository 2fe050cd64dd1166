import { serve } from './twin.mjs';

serve();
