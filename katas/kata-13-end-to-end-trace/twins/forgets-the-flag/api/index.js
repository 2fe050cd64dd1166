// The message always says "sampled".
import { api, traceparentOf } from '../../twin.mjs';

await api({
  headers: (span, { requestId }) => ({
    traceparent: traceparentOf({ ...span, sampled: true }),
    'x-request-id': requestId,
  }),
});
