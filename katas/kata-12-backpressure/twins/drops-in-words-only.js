// Says of every tenth that it was dropped, and does it all the same.
import { dropOldest, run, stateOf } from './twin.mjs';

run(dropOldest, {
  get(queue, id) {
    const reply = stateOf(queue, id);
    const isTenth = Number(id.split('-').at(-1)) % 10 === 0;
    return isTenth && reply.body.state === 'done'
      ? { ...reply, body: { id, state: 'dropped' } }
      : reply;
  },
});
