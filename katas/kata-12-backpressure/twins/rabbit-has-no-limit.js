// A queue at the broker without a limit.
import { work } from './twin-rabbit.mjs';

await work({ args: {} });
