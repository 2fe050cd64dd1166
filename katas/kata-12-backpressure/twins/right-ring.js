// A ring of so many places: the one who comes takes that of the oldest.
import { accepted, call, limit, run, workers } from './twin.mjs';

const ring = new Array(limit);
const states = new Map();
let [head, length, inHand] = [0, 0, 0];
let ended = () => undefined;
function put(id) {
  if (length === limit) {
    states.set(ring[head], 'dropped');
    ring[head] = undefined;
    head = (head + 1) % limit;
    length -= 1;
  }
  ring[(head + length) % limit] = id;
  length += 1;
  states.set(id, 'waiting');
}
function handOut() {
  while (inHand < workers && length > 0) {
    const id = ring[head];
    head = (head + 1) % limit;
    length -= 1;
    inHand += 1;
    void call(id).then(() => {
      states.set(id, 'done');
      inHand -= 1;
      handOut();
    });
  }
  if (inHand === 0) ended();
}
run(
  (_, id) => {
    put(id);
    handOut();
    return accepted(id);
  },
  {
    get: (_, id) =>
      states.has(id)
        ? { status: 200, body: { id, state: states.get(id) } }
        : { status: 404, body: { error: 'unknown' } },
    finish: () => (inHand === 0 ? undefined : new Promise((resolve) => (ended = resolve))),
  },
);
