// Draws, but once for all: whoever fails together still comes back together.
import { expo, honest, run } from './twin.mjs';

const draws = Array.from({ length: 20 }, () => Math.random());
run(honest({ wait: (failed) => expo(failed) * draws[failed] }));
