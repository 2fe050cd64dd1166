import { view } from '../../twin.mjs';

/** No database: the stream has it all, and each start folds it from the beginning. */
const orders = new Map();
let next;

const ordersOf = async (customer) =>
  [...orders.values()].filter((one) => one.customer === customer);

view({
  async fold(event, after) {
    if (event && event.version > (orders.get(event.id)?.version ?? 0)) orders.set(event.id, event);
    next = after;
  },
  from: async () => next ?? 'first',
  ordersOf,
  async summaryOf(customer) {
    const open = (await ordersOf(customer)).filter(({ status }) => status === 'OPEN');
    return { orders: open.length, total: open.reduce((sum, { amount }) => sum + amount, 0) };
  },
  async comes(token) {
    const until = performance.now() + Number(process.env.PLAN_WAIT_MS);
    const [, id, version] = /^(.+)@(\d+)$/.exec(token) ?? [];
    while ((orders.get(id)?.version ?? 0) < Number(version)) {
      if (performance.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return true;
  },
});
