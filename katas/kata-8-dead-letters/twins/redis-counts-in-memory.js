// On Redis Streams: counts in a map; whoever comes next begins at zero.
import { giveUpOrAgain, honest, run } from './twin-redis.mjs';

const made = new Map();

await run((message) =>
  honest(message, (failed, error) => {
    const count = (made.get(failed.fields.id) ?? 0) + 1;
    made.set(failed.fields.id, count);
    return giveUpOrAgain(failed, error, count);
  }),
);
