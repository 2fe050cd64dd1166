// A trace of its own, with a link to the message: OpenTelemetry has both.
import { contextOf, worker } from '../../twin.mjs';

await worker({
  parent(headers) {
    const context = contextOf(headers.traceparent);
    return context?.sampled === false ? context : undefined;
  },
  started(span, headers) {
    const context = contextOf(headers.traceparent);
    if (context) span.links.push({ traceId: context.traceId, spanId: context.spanId });
  },
});
