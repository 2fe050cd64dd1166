import { serve } from './twin.mjs';

/** Takes a client that hangs up for an error that nobody can recover from. */
serve({ clientLeft: () => process.exit(1) });
