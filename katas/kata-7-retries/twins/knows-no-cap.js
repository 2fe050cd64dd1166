// Doubles and doubles.
import { base, honest, run } from './twin.mjs';

run(honest({ wait: (failed) => base * 2 ** (failed - 1) }));
