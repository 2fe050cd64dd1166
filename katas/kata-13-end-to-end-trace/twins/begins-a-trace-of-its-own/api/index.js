// The client sent a context, and a new trace begins.
import { api, contextOf } from '../../twin.mjs';

await api({
  context(traceparent) {
    const context = contextOf(traceparent);
    return context?.sampled === false ? context : undefined;
  },
});
