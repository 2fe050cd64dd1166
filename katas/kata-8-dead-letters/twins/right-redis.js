// On Redis Streams: the count travels with the entry, which goes to the end of the stream.
import { honest, run } from './twin-redis.mjs';

await run((message) => honest(message));
