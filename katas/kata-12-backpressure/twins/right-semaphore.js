// One permit for each that may be accepted, and a chain of promises for each worker.
import { accepted, call, limit, refused, run, workers } from './twin.mjs';

let permits = limit + workers;
let free = workers;
const line = [];
async function turn() {
  if (free > 0) free -= 1;
  else await new Promise((resolve) => line.push(resolve));
}
function done() {
  permits += 1;
  if (line.length > 0) line.shift()();
  else free += 1;
}
const states = new Map();
const underWay = new Set();
const job = async (id) => {
  await turn();
  await call(id);
  states.set(id, 'done');
  done();
};
run(
  (_, id) => {
    if (permits === 0) return refused({ waiting: line, inHand: workers });
    permits -= 1;
    states.set(id, 'waiting');
    const one = job(id).finally(() => underWay.delete(one));
    underWay.add(one);
    return accepted(id);
  },
  {
    get: (_, id) =>
      states.has(id)
        ? { status: 200, body: { id, state: states.get(id) } }
        : { status: 404, body: { error: 'unknown' } },
    finish: () => Promise.all(underWay),
  },
);
