// Everything in one statement, and no BEGIN: it is a transaction of its own.
import { pool, read, serve, sold, soldOut } from '../twin.mjs';

serve(async ({ buyer, sku, quantity }) => {
  const { rows } = await pool.query(
    `WITH taken AS (
       UPDATE stock SET quantity = quantity - $3 WHERE sku = $2 AND quantity >= $3
       RETURNING quantity + $3 AS stock
     ), booked AS (
       INSERT INTO purchases (buyer, sku, quantity) SELECT $1, $2, $3 FROM taken RETURNING id::text
     )
     SELECT id, stock FROM booked, taken`,
    [buyer, sku, quantity],
  );
  return rows[0] ? sold(rows[0].id, rows[0].stock) : soldOut(await read(pool, { sku }));
});
