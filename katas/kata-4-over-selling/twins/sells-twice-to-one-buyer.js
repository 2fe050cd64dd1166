// The first sale is done twice, rows and units alike, as a careless retry would.
import { record, serve, sold, soldOut, take, transaction } from './twin.mjs';

let isFirst = true;

serve((order) =>
  transaction(async (client) => {
    const stock = await take(client, order);
    if (stock === undefined) return soldOut();
    const id = await record(client, order);
    if (isFirst) {
      isFirst = false;
      await take(client, order);
      await record(client, order);
    }
    return sold(id, stock);
  }),
);
