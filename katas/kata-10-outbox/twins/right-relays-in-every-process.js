import { serve } from './twin.mjs';

// No process is only an api: whoever gets the lock publishes.
serve({ everywhere: true });
