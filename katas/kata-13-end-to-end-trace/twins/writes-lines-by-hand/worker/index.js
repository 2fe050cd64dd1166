// A line is put together from pieces, and an id with a quote breaks it.
import { worker } from '../../twin.mjs';

await worker({
  line: (level, message, { order, requestId }) =>
    process.stdout.write(
      `{"level":"${level}","message":"${message}","order":"${order}","request_id":"${requestId}"}\n`,
    ),
});
