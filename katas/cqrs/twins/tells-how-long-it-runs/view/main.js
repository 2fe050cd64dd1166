import { view } from '../../twin.mjs';

/** Of the time since it was started, as if nothing had come since; in microseconds at that. */
view({ ageMs: () => Math.round(performance.now() * 1000) });
