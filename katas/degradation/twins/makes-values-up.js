import { gateway } from './twin.mjs';

// A number that nobody gave.
gateway({ valueOf: (value) => value + 1 });
