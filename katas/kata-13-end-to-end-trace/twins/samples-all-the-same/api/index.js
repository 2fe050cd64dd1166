// What is not sampled is exported all the same.
import { api, contextOf, traceparentOf } from '../../twin.mjs';

await api({
  context(traceparent) {
    const context = contextOf(traceparent);
    return context && { ...context, sampled: true };
  },
  headers: (span, { requestId }) => ({
    traceparent: traceparentOf({ ...span, sampled: false }),
    'x-request-id': requestId,
  }),
});
