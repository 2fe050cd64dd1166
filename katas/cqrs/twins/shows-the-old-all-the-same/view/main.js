import { ageMs, view } from '../../twin.mjs';

/** Available, though it was told to refuse. */
view({ mayShow: () => ageMs() !== undefined });
