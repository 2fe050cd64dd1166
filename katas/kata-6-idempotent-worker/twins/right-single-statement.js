// Mark and charge in one statement: it is a transaction of its own.
import { honest, pool, run } from './twin.mjs';

run((message, channel) =>
  honest(message, channel, ({ id, body: { payment, account, amount } }) =>
    pool.query(
      `WITH seen AS (INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING 1)
       INSERT INTO charges (payment, account, amount)
       SELECT $2, $3, $4::integer FROM seen`,
      [id, payment, account, amount],
    ),
  ),
);
