// Right until the connection breaks; then it ends.
import { honest, run } from './twin.mjs';

run(honest, { onLost: () => process.exit(1) });
