// Right until the connection breaks: then it stays healthy, and deaf.
import { honest, run } from './twin.mjs';

run(honest, { onLost: () => undefined });
