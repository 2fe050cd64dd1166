import { gateway } from './twin.mjs';

// Any key will do.
gateway({ knows: (_known, key) => key !== undefined });
