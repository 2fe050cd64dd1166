// BEGIN, both INSERTs and COMMIT go to whichever session of the pool is free.
import { charge, honest, mark, pool, run } from './twin.mjs';

run((message, channel) =>
  honest(message, channel, async ({ id, body }) => {
    await pool.query('BEGIN');
    try {
      if (await mark(pool, id)) await charge(pool, body);
      await pool.query('COMMIT');
    } catch (error) {
      await pool.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }),
);
