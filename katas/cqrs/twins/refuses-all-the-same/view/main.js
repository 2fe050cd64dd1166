import { ageMs, view } from '../../twin.mjs';

/** Consistent, though it was told to answer. */
view({ mayShow: () => ageMs() === 0 });
