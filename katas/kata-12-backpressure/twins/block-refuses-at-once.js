// Asked to let clients wait, it refuses them.
import { reject, run } from './twin.mjs';

run(reject);
