// A context of capital letters, of zeros or of version ff is taken as it is.
import { api } from '../../twin.mjs';

await api({
  context(traceparent) {
    const [, traceId, spanId, flags] = (traceparent ?? '').toLowerCase().split('-');
    if (traceId?.length !== 32 || spanId?.length !== 16) return undefined;
    return { traceId, spanId, sampled: flags?.startsWith('01') };
  },
});
