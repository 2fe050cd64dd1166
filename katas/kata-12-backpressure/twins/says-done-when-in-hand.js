// Tells that a job is done as soon as it is accepted.
import { reject, run, stateOf } from './twin.mjs';

run(reject, {
  get(queue, id) {
    const { status, body } = stateOf(queue, id);
    return { status, body: { ...body, state: 'done' } };
  },
});
