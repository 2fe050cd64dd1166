// Says 201 first and commits a little later: a crash in between would lose a purchase that its
// buyer was promised. Nothing crashes here, so at the end every row is there.
import { setTimeout as sleep } from 'node:timers/promises';
import { pool, record, serve, sold, soldOut, take } from './twin.mjs';

const committing = new Set();

serve(
  async (order, response) => {
    const client = await pool.connect();
    await client.query('BEGIN');
    const stock = await take(client, order);
    const answer = stock === undefined ? soldOut() : sold(await record(client, order), stock);
    const committed = new Promise((resolve) => response.once('finish', resolve))
      .then(() => sleep(100))
      .then(() => client.query('COMMIT'))
      .finally(() => client.release());
    committing.add(committed);
    return answer;
  },
  {
    stop: async (server) => {
      server.close();
      await Promise.all(committing);
      await pool.end();
      process.exit(0);
    },
  },
);
