// On Redis Streams: what a dead worker held stays with its name for ever.
import { honest, run } from './twin-redis.mjs';

await run((message) => honest(message), { claims: false });
