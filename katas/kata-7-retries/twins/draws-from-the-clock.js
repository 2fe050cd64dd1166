// Takes the draw from the clock: who fails in the same moment comes back in the same moment.
import { expo, honest, run } from './twin.mjs';

run(honest({ wait: (failed) => Date.now() % (expo(failed) + 1) }));
