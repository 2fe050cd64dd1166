// Remembers the last two hundred only.
import { reject, run, stateOf } from './twin.mjs';

run(
  (queue, id) => {
    const reply = reject(queue, id);
    for (const [old, state] of queue.states)
      if (queue.states.size > 200 && state === 'done') queue.states.delete(old);
    return reply;
  },
  { get: stateOf },
);
