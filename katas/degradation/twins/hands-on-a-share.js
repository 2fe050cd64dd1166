import { gateway } from './twin.mjs';

// Three tenths are kept back for the way home, at every hop: a service that had time gives up.
gateway({ handedOn: (left) => Math.floor(0.7 * left) });
