// Begins with half of the base.
import { base, cap, honest, run } from './twin.mjs';

run(honest({ wait: (failed) => Math.min(cap, base * 2 ** (failed - 2)) }));
