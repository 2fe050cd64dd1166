// Remembers what it has done in a Set: a second worker, or its own next life, does not know.
import { charge, honest, pool, run } from './twin.mjs';

const seen = new Map();
run((message, channel) =>
  honest(message, channel, ({ id, body }) => {
    const done = seen.get(id) ?? charge(pool, body);
    seen.set(id, done);
    done.catch(() => seen.delete(id));
    return done;
  }),
);
