// Takes the time that came before the failure off the wait, and far more than that.
import { expo, honest, run } from './twin.mjs';

run(honest({ wait: (failed) => Math.max(0, expo(failed) - 25) }));
