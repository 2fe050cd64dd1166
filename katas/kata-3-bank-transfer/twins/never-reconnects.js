// One connection for all its life.
import pg from 'pg';
import { isTransient, limit, move, retried, serve, url } from './twin.mjs';

const client = new pg.Client({ connectionString: url });
client.on('error', () => undefined);
await client.connect();
let last = Promise.resolve();

serve((wanted) => {
  const own = last.then(() => inTurn(wanted));
  last = own.catch(() => undefined);
  return own;
});

async function inTurn(wanted) {
  try {
    return await retried(
      async () => {
        await client.query('BEGIN');
        try {
          return await move(client, wanted);
        } finally {
          await client.query('COMMIT');
        }
      },
      (error) => isTransient(error) && error.code !== undefined && /^4/.test(error.code),
    );
  } catch {
    return { status: 503, body: { error: 'no database', retries: limit } };
  }
}
