// Answers before COMMIT, and every fourth COMMIT turns out to be a ROLLBACK.
import { pool, record, serve, sold, soldOut, take } from './twin.mjs';

let served = 0;

serve(async (order, response) => {
  const client = await pool.connect();
  await client.query('BEGIN');
  const stock = await take(client, order);
  const answer = stock === undefined ? soldOut() : sold(await record(client, order), stock);
  response.once('finish', async () => {
    const isLost = answer.status === 201 && served++ % 4 === 0;
    await client.query(isLost ? 'ROLLBACK' : 'COMMIT');
    client.release();
  });
  return answer;
});
