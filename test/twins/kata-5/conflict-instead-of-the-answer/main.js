// Knows that the key was used, and says only that.
import { problem, serve } from '../twin.mjs';

serve({ replay: () => problem(409, 'Already used') });
