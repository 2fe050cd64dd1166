// A limit of a fifth of what may wait.
import { limit, rejects, work } from './twin-rabbit.mjs';

await work({ args: { ...rejects, 'x-max-length': Math.floor(limit / 5) } });
