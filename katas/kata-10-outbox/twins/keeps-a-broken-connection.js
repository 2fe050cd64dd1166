import pg from 'pg';
import { insertEvent, insertOrder, serve, Unavailable } from './twin.mjs';

// One connection for everything; once it has broken, nobody opens another.
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
client.on('error', () => undefined);
await client.connect();
let last = Promise.resolve();

const place = async (order) => {
  await client.query('BEGIN');
  if (await insertOrder(client, order)) await insertEvent(client, order);
  await client.query('COMMIT');
};

serve({
  place(order) {
    const mine = last.then(() => place(order));
    last = mine.catch(() => undefined);
    return mine;
  },
  // What may have been committed has no answer.
  again: (placing, order, send) =>
    placing(order, send).catch((error) => {
      if (/queryable|not connected/i.test(error.message)) throw new Unavailable(error.message);
      return new Promise(() => undefined);
    }),
});
