// Who first finds the shelf empty keeps its look at it, and the lock that came with it.
import { pool, read, sell, serve, soldOut } from './twin.mjs';

let lookout;

async function look(order) {
  const client = await pool.connect();
  await client.query('BEGIN');
  return read(client, order, 'FOR SHARE');
}

serve(async (order) => {
  if (lookout) return soldOut();
  const answer = await sell(order);
  if (answer.status === 409) await (lookout ??= look(order));
  return answer;
});
