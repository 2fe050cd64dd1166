// The message names the server's span: the producer's is a leaf.
import { api, traceparentOf } from '../../twin.mjs';

await api({
  headers: (span, { requestId, span: server }) => ({
    traceparent: traceparentOf(server),
    'x-request-id': requestId,
  }),
});
