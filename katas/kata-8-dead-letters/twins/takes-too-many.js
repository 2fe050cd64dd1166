// Fifty in hand at once, whatever PLAN_PREFETCH says.
import { runWith } from './twin.mjs';

await runWith(undefined, { prefetch: 50 });
