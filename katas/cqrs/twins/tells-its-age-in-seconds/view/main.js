import { ageMs, view } from '../../twin.mjs';

view({ ageMs: () => Math.floor((ageMs() ?? 0) / 1000) });
