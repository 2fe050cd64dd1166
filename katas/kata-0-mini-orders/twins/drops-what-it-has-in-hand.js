import { serve } from './twin.mjs';

/** SIGTERM, and nobody is answered any more. */
serve({ drain: async (server) => server.closeAllConnections() });
