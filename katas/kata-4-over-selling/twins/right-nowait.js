// Does not wait for the lock: who finds the row locked (55P03) comes back later.
import { setTimeout as sleep } from 'node:timers/promises';
import { read, record, serve, sold, soldOut, take, think, transaction } from './twin.mjs';

serve(async (order) => {
  for (let retries = 0; ; retries++) {
    try {
      const { status, body } = await sellTo(order);
      return { status, body: { ...body, retries } };
    } catch (error) {
      if (error.code !== '55P03') throw error;
      await sleep(Math.random() * 30);
    }
  }
});

function sellTo(order) {
  return transaction(async (client) => {
    const stock = await read(client, order, 'FOR UPDATE NOWAIT');
    if (stock < order.quantity) return soldOut(stock);
    await think();
    await take(client, order);
    return sold(await record(client, order), stock);
  });
}
