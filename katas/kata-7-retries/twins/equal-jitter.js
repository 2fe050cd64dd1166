// Half of the wait for certain, half by chance: "equal jitter", which is another strategy.
import { expo, honest, run } from './twin.mjs';

run(honest({ wait: (failed) => expo(failed) / 2 + (Math.random() * expo(failed)) / 2 }));
