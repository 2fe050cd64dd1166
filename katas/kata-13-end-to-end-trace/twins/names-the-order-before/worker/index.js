// The line names the order before this one, too.
import { say, worker } from '../../twin.mjs';

let before;
await worker({
  line(level, message, { order, requestId }) {
    say(level, message, { order, request_id: requestId, previous: before });
    before = order;
  },
});
