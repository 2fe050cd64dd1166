// Fifty in hand at once: more than it was asked to.
import { runWith } from './twin.mjs';

await runWith(undefined, { prefetch: 50 });
