import { gateway } from './twin.mjs';

// Who ran out of time never gives its place back.
gateway({ keepsPlace: (outcome) => outcome === 'late' });
