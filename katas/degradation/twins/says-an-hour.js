import { gateway } from './twin.mjs';

// To be on the safe side.
gateway({ retryAfter: () => 3_600 });
