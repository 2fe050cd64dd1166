// On SIGTERM all connections are closed, also those whose request is under way.
import { pool, serve, transfer } from './twin.mjs';

serve(transfer, {
  drain: async (server) => {
    server.close();
    server.closeAllConnections();
    await pool.end();
    process.exit(0);
  },
});
