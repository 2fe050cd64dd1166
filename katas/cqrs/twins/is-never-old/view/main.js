import { view } from '../../twin.mjs';

view({ ageMs: () => 0 });
