// Where the session ends at COMMIT, it takes the COMMIT for done: it was sent, after all.
import { charge, honest, mark, pool, run } from './twin.mjs';

run((message, channel) =>
  honest(message, channel, async ({ id, body }) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      if (await mark(client, id)) await charge(client, body);
    } catch (error) {
      client.release(error);
      throw error;
    }
    await client.query('COMMIT').then(
      () => client.release(),
      (error) => client.release(error),
    );
  }),
);
