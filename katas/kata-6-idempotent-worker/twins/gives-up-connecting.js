// Connects again when the connection breaks; eight attempts in vain are enough for it.
import { honest, run } from './twin.mjs';

run(honest, { attempts: 8 });
