/** On SIGTERM there are no connections any more for those who still wait for one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool, sell, serve } from './twin.mjs';

const failed = { status: 500, body: { error: 'internal error' } };
let free = 4;

async function queued(order) {
  while (free === 0) await sleep(2);
  free -= 1;
  return sell(order).finally(() => (free += 1));
}

serve((order) => queued(order).catch(() => failed), {
  stop: async (server) => {
    server.close();
    await pool.end();
    setTimeout(() => process.exit(0), 500);
  },
});
