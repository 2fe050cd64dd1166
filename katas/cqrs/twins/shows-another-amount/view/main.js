import { ordersOf, view } from '../../twin.mjs';

/** The price was meant in another unit. */
view({
  ordersOf: async (customer) =>
    (await ordersOf(customer)).map((order) => ({ ...order, amount: order.amount * 100 })),
});
