// Only 00 is taken for "not sampled".
import { api, contextOf } from '../../twin.mjs';

await api({
  context(traceparent) {
    const context = contextOf(traceparent);
    return context && { ...context, sampled: !/-00(-|$)/.test(traceparent.slice(52)) };
  },
});
