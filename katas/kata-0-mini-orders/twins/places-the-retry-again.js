import { confirm, find, serve, store } from './twin.mjs';

/** An order that is there already becomes a second one, under a name that nobody chose. */
serve({
  async place(order) {
    const stored = (await find(order.id)) ? { ...order, id: `${order.id}-2` } : order;
    await store(stored);
    await confirm(order.id);
    return { status: 201, body: order };
  },
});
