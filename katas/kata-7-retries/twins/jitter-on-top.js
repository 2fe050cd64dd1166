// Adds the chance to the whole wait.
import { expo, honest, run } from './twin.mjs';

run(honest({ wait: (failed) => expo(failed) + Math.random() * expo(failed) }));
