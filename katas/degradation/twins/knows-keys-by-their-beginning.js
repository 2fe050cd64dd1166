import { gateway } from './twin.mjs';

// Looks for the key in the list as it came, one text with commas.
gateway({ knows: (known, key) => key !== undefined && [...known].join(',').includes(key) });
