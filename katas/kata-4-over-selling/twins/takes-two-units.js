// Takes two units for each one that it sells.
import { record, serve, sold, soldOut, take, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const stock = await take(client, order);
    if (stock === undefined) return soldOut();
    await take(client, order);
    return sold(await record(client, order), stock);
  }),
);
