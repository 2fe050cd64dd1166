/** Each write is a transaction of its own: units first, the row afterwards. */
import { pool, read, record, serve, sold, soldOut, take } from './twin.mjs';

serve(async (order) => {
  const stock = await take(pool, order);
  return stock === undefined
    ? soldOut(await read(pool, order))
    : sold(await record(pool, order), stock);
});
