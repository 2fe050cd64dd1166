import { foldWith, versionOf, view, write } from '../../twin.mjs';

/** Orders in the database, sums in the process. */
const sums = new Map();

view({
  fold: foldWith(async (tx, event) => {
    if (event.version <= (await versionOf(tx, event.id))) return;
    await write(tx, event);
    const orders = sums.get(event.customer) ?? new Map();
    sums.set(event.customer, orders.set(event.id, event));
  }),
  async summaryOf(customer) {
    const open = [...(sums.get(customer)?.values() ?? [])].filter((one) => one.status === 'OPEN');
    return { orders: open.length, total: open.reduce((sum, { amount }) => sum + amount, 0) };
  },
});
