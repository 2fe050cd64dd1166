// A quarter of a second is enough for everybody: then it ends, whatever is under way.
import { serve } from './twin.mjs';

await serve({
  drain: (server) => {
    server.close();
    setTimeout(() => process.exit(0), 250);
  },
});
