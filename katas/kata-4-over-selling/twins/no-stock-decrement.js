// Counts the rows to know what is left: right, but the stock itself is never touched.
import { read, record, serve, sold, soldOut, transaction } from './twin.mjs';

serve((order) =>
  transaction(async (client) => {
    const initial = await read(client, order, 'FOR UPDATE');
    const { rows } = await client.query(
      'SELECT coalesce(sum(quantity), 0)::integer AS sold FROM purchases WHERE sku = $1',
      [order.sku],
    );
    const stock = initial - rows[0].sold;
    if (stock < order.quantity) return soldOut(stock);
    return sold(await record(client, order), stock);
  }),
);
