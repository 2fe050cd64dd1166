// One kind of line does not say whose it is.
import { say, worker } from '../../twin.mjs';

await worker({
  line(level, message, { order, requestId }) {
    say(level, message, { order, request_id: requestId });
    say('info', `audit: ${order} done`);
  },
});
