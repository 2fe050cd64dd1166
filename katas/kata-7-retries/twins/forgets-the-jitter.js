// Asked for jitter, it waits as long as all others do.
import { expo, honest, run } from './twin.mjs';

run(honest({ wait: expo }));
