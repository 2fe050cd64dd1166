import { gateway } from './twin.mjs';

// Nobody is refused a place.
gateway({ place: () => true });
