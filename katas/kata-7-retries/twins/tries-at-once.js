// All attempts one after the other, without a wait.
import { patient, run } from './twin.mjs';

run(patient({ wait: () => 0 }));
