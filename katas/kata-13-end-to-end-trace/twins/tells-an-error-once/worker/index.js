// The same error is told once a minute.
import { say, worker } from '../../twin.mjs';

let told = false;
await worker({
  line(level, message, { order, requestId }) {
    const isRepeated = level === 'error' && told;
    told ||= level === 'error';
    say(isRepeated ? 'info' : level, message, { order, request_id: requestId });
  },
});
