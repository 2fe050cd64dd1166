// So many attempts, and then it is as if the message had never been.
import { honest, run } from './twin.mjs';

run(honest({ last: () => Promise.resolve() }));
