import { ordersOf, view } from '../../twin.mjs';

view({
  async summaryOf(customer) {
    const all = await ordersOf(customer);
    return { orders: all.length, total: all.reduce((sum, { amount }) => sum + amount, 0) };
  },
});
