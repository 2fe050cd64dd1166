// Drops the oldest, and has nobody told of it.
import { limit, work } from './twin-rabbit.mjs';

await work({ args: { 'x-max-length': limit } });
