import { gateway } from './twin.mjs';

// A moment of its own clock.
gateway({ handedOn: (left) => Date.now() + left });
