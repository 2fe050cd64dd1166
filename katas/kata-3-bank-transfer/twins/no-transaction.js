// Every statement on its own: the kata's own failure, in somebody else's program.
import { move, pool, retried, serve } from './twin.mjs';

serve((wanted) => retried(() => move(pool, wanted)));
