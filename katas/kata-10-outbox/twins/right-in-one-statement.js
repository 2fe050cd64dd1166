import { pool, serve } from './twin.mjs';

serve({
  place: ({ id, customer, amount }) =>
    pool.query(
      `WITH placed AS (
         INSERT INTO orders (id, customer, amount) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO NOTHING RETURNING id, customer, amount)
       INSERT INTO outbox (aggregatetype, aggregateid, type, payload)
       SELECT 'customer', customer, 'order.placed', to_jsonb(placed) FROM placed`,
      [id, customer, amount],
    ),
});
