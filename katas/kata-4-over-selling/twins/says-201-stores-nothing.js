// Takes the unit and says 201, but no purchase is ever written.
import { serve, sold, soldOut, take, transaction } from './twin.mjs';

let id = 0;

serve(async (order) => {
  const stock = await transaction((client) => take(client, order));
  return stock === undefined ? soldOut() : sold(String(++id), stock);
});
