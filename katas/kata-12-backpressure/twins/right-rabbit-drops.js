// Drops the head into jobs.dropped.
import { drops, work } from './twin-rabbit.mjs';

await work({ args: drops });
