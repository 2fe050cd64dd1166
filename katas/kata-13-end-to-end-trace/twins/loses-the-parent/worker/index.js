// The trace goes on, and the parent is one that nobody knows.
import { randomBytes } from 'node:crypto';
import { contextOf, worker } from '../../twin.mjs';

await worker({
  parent(headers) {
    const context = contextOf(headers.traceparent);
    return context && { ...context, spanId: randomBytes(8).toString('hex') };
  },
});
