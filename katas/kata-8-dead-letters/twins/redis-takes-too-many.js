// On Redis Streams: twenty in hand at once, whatever PLAN_PREFETCH says.
import { honest, run } from './twin-redis.mjs';

await run((message) => honest(message), { prefetch: 20 });
