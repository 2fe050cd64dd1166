// Answers 503 to everybody: nothing is ever oversold.
import { serve } from './twin.mjs';

serve(async () => ({ status: 503, body: { error: 'gave up', retries: 0 } }));
