// An error of COMMIT is a line in the log and nothing else.
import { move, pool, retried, serve } from './twin.mjs';

async function hopeful(wanted) {
  const client = await pool.connect();
  let broken;
  try {
    await client.query('BEGIN');
    const answer = await move(client, wanted);
    await client.query('COMMIT').catch((error) => {
      broken = error;
      console.error(error.message);
    });
    return answer;
  } catch (error) {
    await client.query('ROLLBACK').catch((reason) => (broken = reason));
    throw error;
  } finally {
    client.release(broken);
  }
}

serve((wanted) => retried(() => hopeful(wanted)));
