import { gateway } from './twin.mjs';

// Both are the same program, it seems: so one address is enough.
gateway({ serviceOf: () => 'checkout' });
