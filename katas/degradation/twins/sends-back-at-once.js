import { gateway } from './twin.mjs';

// A place may be free by then.
gateway({ retryAfterRefusal: () => 0 });
