import { ordersOf, view } from '../../twin.mjs';

view({
  ordersOf: async (customer) =>
    (await ordersOf(customer)).filter(({ status }) => status === 'OPEN'),
});
