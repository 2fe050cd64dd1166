/** The row first, with a statement of its own; it goes again where too few units are left. */
import { pool, read, record, serve, sold, soldOut, take } from './twin.mjs';

serve(async (order) => {
  const id = await record(pool, order);
  const stock = await take(pool, order);
  if (stock !== undefined) return sold(id, stock);
  await pool.query('DELETE FROM purchases WHERE id = $1', [id]);
  return soldOut(await read(pool, order));
});
