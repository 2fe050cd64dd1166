import { serve } from './twin.mjs';

/** Ends once every connection is closed, also one on which nobody has asked anything yet. */
serve({
  drain: (server) =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeIdleConnections();
    }),
});
