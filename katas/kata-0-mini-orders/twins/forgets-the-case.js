import { confirm, find, placed, serve, store } from './twin.mjs';

/** "Customers type their ids as they like." */
serve({
  async place(order) {
    const id = order.id.toLowerCase();
    await store({ ...order, id });
    await confirm(order.id);
    const answer = await placed({ id });
    return { ...answer, body: { ...answer.body, id: order.id } };
  },
  async find(id) {
    const order = await find(id.toLowerCase());
    return order && { ...order, id };
  },
});
