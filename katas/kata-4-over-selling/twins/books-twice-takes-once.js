// One buyer in three gets two rows for one unit.
import { record, serve, sold, soldOut, take, transaction } from './twin.mjs';

let served = 0;

serve((order) =>
  transaction(async (client) => {
    const stock = await take(client, order);
    if (stock === undefined) return soldOut();
    if (served++ % 3 === 0) await record(client, order);
    return sold(await record(client, order), stock);
  }),
);
