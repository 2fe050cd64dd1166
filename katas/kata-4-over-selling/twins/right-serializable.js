// Read, decide, write as in the naive strategy; serializable and retries without end make it right.
import { setTimeout as sleep } from 'node:timers/promises';
import { read, record, serve, sold, soldOut, think, transaction } from './twin.mjs';

serve(async (order) => {
  for (let retries = 0; ; retries++) {
    try {
      const { status, body } = await transaction((client) => sellTo(client, order), 'SERIALIZABLE');
      return { status, body: { ...body, retries } };
    } catch (error) {
      if (error.code !== '40001') throw error;
      await sleep(Math.random() * 30);
    }
  }
});

async function sellTo(client, order) {
  const stock = await read(client, order);
  if (stock < order.quantity) return soldOut(stock);
  await think();
  await client.query('UPDATE stock SET quantity = $2 WHERE sku = $1', [
    order.sku,
    stock - order.quantity,
  ]);
  return sold(await record(client, order), stock);
}
