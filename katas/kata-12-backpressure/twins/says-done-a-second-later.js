// What is done is written down once a second, all of it together: until then it is said to wait.
import { Queue, call, reject, run } from './twin.mjs';

let done = [];

const queue = new Queue({
  work: async (id) => {
    await call(id);
    done.push(id);
  },
});
const told = new Map();
setInterval(() => {
  for (const id of done) told.set(id, 'done');
  done = [];
}, 1_000).unref();

run(reject, {
  queue,
  get: ({ states }, id) => {
    const state = told.get(id) ?? (states.has(id) ? 'waiting' : undefined);
    return state
      ? { status: 200, body: { id, state } }
      : { status: 404, body: { error: 'unknown' } };
  },
});
