// A refusal returns before ROLLBACK, and the connection goes back to the pool with its locks.
import { move, pool, retried, serve } from './twin.mjs';

async function leaking(wanted) {
  const client = await pool.connect();
  let broken;
  try {
    await client.query('BEGIN');
    await client.query('SELECT id FROM accounts WHERE id IN ($1, $2) ORDER BY id FOR UPDATE', [
      wanted.from,
      wanted.to,
    ]);
    const answer = await move(client, wanted);
    if (answer.status === 409) return answer;
    await client.query('COMMIT');
    return answer;
  } catch (error) {
    await client.query('ROLLBACK').catch((reason) => (broken = reason));
    throw error;
  } finally {
    client.release(broken);
  }
}

serve((wanted) => retried(() => leaking(wanted)));
