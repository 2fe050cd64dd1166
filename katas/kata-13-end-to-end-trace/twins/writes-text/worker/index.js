// Lines for people: the id is there, and no machine finds it.
import { worker } from '../../twin.mjs';

await worker({
  line: (level, message, { order, requestId }) =>
    process.stdout.write(`${level}: ${message} ${order} request=${requestId}\n`),
});
