// Asked to refuse, it leaves x-overflow to its default, which drops what was confirmed.
import { drops, work } from './twin-rabbit.mjs';

await work({ args: drops });
